package costlake.land.read.rows;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ZonedTimesTest {
  private static boolean reads(String format, String text) {
    return new ZonedTimes(List.of(format), ZoneOffset.UTC).parse(text).isPresent();
  }

  @Test
  void anIncompleteTimeOfDayIsNoDay() {
    assertThat(reads("MM/dd/yyyy hh:mm", "09/30/2026 11:30")).isFalse();
    assertThat(reads("MM/dd/yyyy hh:mm a", "09/30/2026 11:30 PM")).isTrue();
    assertThat(reads("MM/dd/yyyy", "09/30/2026")).isTrue();
  }
}
