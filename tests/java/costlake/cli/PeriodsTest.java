package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Billing months and ranges on the command line. */
class PeriodsTest {
  @Test
  void parsesMonthsAndRanges() {
    assertThat(Periods.parse(List.of("2026-03", "2025-11..2026-01", "2026-01")))
        .extracting(Object::toString)
        .containsExactly("2025-11", "2025-12", "2026-01", "2026-03");
    assertThat(Periods.parse(List.of())).isEmpty();
  }

  @Test
  void refusesInvalidMonthsAndReversedRanges() {
    for (String wrong : List.of("2026-13", "2026-09..", "..2026-09", "2026-09-01", "")) {
      assertThatThrownBy(() -> Periods.parse(List.of(wrong)))
          .as(wrong)
          .isInstanceOf(Failure.class)
          .hasMessageContaining("write a month as YYYY-MM");
    }
    assertThatThrownBy(() -> Periods.parse(List.of("2026-09..2026-08")))
        .isInstanceOf(Failure.class)
        .hasMessage("Invalid range: the first month 2026-09 is after the last 2026-08");
  }
}
