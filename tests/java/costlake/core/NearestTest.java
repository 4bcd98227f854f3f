package costlake.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {
  private static final List<String> NAMES = List.of("night", "report", "status", "aws-cur");

  /** Two swapped letters count as one edit. */
  @ParameterizedTest
  @CsvSource({
    "nigth, night",
    "ngiht, night",
    "nights, night",
    "NIGHT, night",
    "stauts, status",
    "aws_cur, aws-cur"
  })
  void findsTheNameWithTheFewestEdits(String typed, String meant) {
    assertThat(Nearest.to(typed, NAMES)).contains(meant);
  }

  @Test
  void findsNoNameIfNoneIsSimilar() {
    assertThat(Nearest.to("light", List.of("nigth"))).isEmpty();
    assertThat(Nearest.hint("demo", NAMES)).isEmpty();
  }
}
