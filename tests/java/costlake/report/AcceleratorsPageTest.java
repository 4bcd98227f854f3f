package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The page about accelerators and the workloads that held them without use. */
class AcceleratorsPageTest {
  private static String web(Statement statement) {
    return new Pages(StatementPages.embedded(), Locale.US)
        .web(List.of(statement), StatementStatus.preliminary(1))
        .replace('\u00a0', ' ');
  }

  @Test
  void theWorkloadsBeyondTheListedOnesAreARowSoThatTheRowsAddUp() {
    Statement statement = Samples.plausible();
    assertThat(
            statement.rows("workloads").stream()
                .map(row -> row.decimal("idle_cost_shown"))
                .reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(statement.head().workloadIdle());
    assertThat(web(statement))
        .contains(
            "<td>Everything else (190)</td><td></td><td class=\"n\">812.4</td>"
                + "<td class=\"n\">4,723.56</td>");
  }
}
