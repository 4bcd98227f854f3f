package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The line that causes the change of a total. */
class StatementTest {
  @Test
  void namesACauseOnlyIfItIsHalfOfTheChange() {
    assertThat(cause(line("project", "ranker", "80", "64"))).contains("ranker");
    assertThat(cause(line("project", "ranker", "80", "66"))).isEmpty();
  }

  @Test
  void namesAKindOfCostIfNoProjectIsTheCause() {
    assertThat(
            cause(
                line("project", null, "130", "100"),
                line("bridge", "direct", "100", "98"),
                line("bridge", "idle", "30", "2")))
        .contains("idle");
  }

  @Test
  void countsTheWholeCostOfANewLine() {
    assertThat(cause(line("project", "new", "40", null))).contains("new");
  }

  /** Returns the cause of a rise by 30. */
  private static Optional<String> cause(PrintedRow... lines) {
    Statement.Head like = Samples.plausible().head();
    Statement.Head head =
        new Statement.Head(
            like.month(),
            like.receiver(),
            "USD",
            null,
            like.company(),
            like.contact(),
            like.disputeUntil(),
            new BigDecimal("130"),
            new BigDecimal("100"),
            new BigDecimal("130"),
            null,
            null);
    return Rows.statement(head, Map.of("lines", List.of(lines)))
        .cause()
        .map(line -> line.text("name"));
  }

  private static PrintedRow line(String breakdown, String name, String cost, String previous) {
    return Rows.row(
        "lines",
        "breakdown",
        breakdown,
        "name",
        name,
        "members",
        1,
        "cost_shown",
        new BigDecimal(cost),
        "previous_shown",
        previous == null ? null : new BigDecimal(previous));
  }
}
