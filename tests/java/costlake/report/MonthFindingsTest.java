package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a statement says of its months: the largest step, and which do not compare. */
class MonthFindingsTest {
  private static final FigureFormat FIGURES = new FigureFormat(Locale.US);
  private static final StatementTexts WORDS = new StatementTexts(Locale.US);
  private static final LocalDate SEPTEMBER = LocalDate.parse("2026-09-01");

  @Test
  void namesTheLargestStepOfTheHistory() {
    assertThat(where(history(false, "100", "240", "250")))
        .isEqualTo("No charge names a service. The largest step in 3 months: +140 in August 2026.");
    assertThat(where(history(false, "100", "110", "120"))).isEqualTo("No charge names a service.");
  }

  @Test
  void ignoresTheStepThatTelemetryCauses() {
    assertThat(where(history(true, "100", "150", "400")))
        .isEqualTo("No charge names a service. The largest step in 3 months: +50 in August 2026.");
  }

  @Test
  void namesTheFirstMonthInWhichNodesAreSplit() {
    assertThat(note(history(true, "100", "240", "250")))
        .startsWith("From September 2026 on, telemetry splits the cost of cluster nodes");
    assertThat(note(history(false, "100", "240", "250"))).isNull();
  }

  private static String where(Statement statement) {
    return new WhereFindings(statement, FIGURES, WORDS).lede();
  }

  private static @Nullable String note(Statement statement) {
    return new MonthFindings(statement, FIGURES, WORDS).history();
  }

  /**
   * Creates a statement with a history up to September. If {@code split}, the cost of nodes is
   * split by use in the last month.
   */
  private static Statement history(boolean split, String... totals) {
    List<PrintedRow> months = new ArrayList<>();
    for (int i = 0; i < totals.length; i++) {
      int before = totals.length - 1 - i;
      months.add(
          Samples.month(
              SEPTEMBER.minusMonths(before), 0, new BigDecimal(totals[i]), split && before == 0));
    }
    return Rows.statement(
        Samples.head("250", "240"),
        Map.of("history", months, "accelerators", Samples.plausible().rows("accelerators")));
  }
}
