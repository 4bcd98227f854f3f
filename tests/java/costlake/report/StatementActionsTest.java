package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What the first page and the mail propose to do. */
class StatementActionsTest {
  private static final FigureFormat FIGURES = new FigureFormat(Locale.US);
  private static final StatementTexts WORDS = new StatementTexts(Locale.US);
  private static final Statement PLAUSIBLE = Samples.plausible();

  private static List<StatementActions.Action> proposed(PrintedRow... actions) {
    return new StatementActions(Rows.with(PLAUSIBLE, "actions", actions), FIGURES, WORDS)
        .proposed();
  }

  private static String text(PrintedRow action) {
    return proposed(action).get(0).text().replace('\u00a0', ' ');
  }

  @Test
  void proposesTheFirstFiveRowsWithOwnerMoneyAndLine() {
    List<StatementActions.Action> actions = proposed(ActionSamples.all(PLAUSIBLE.head()));
    assertThat(actions).hasSize(5);
    assertThat(actions.get(0).owner()).isEqualTo("Platform Engineering");
    assertThat(actions.get(1).owner()).as("a team without a name").isEqualTo("search");
    assertThat(actions.get(0).money()).isEqualByComparingTo("9200.55");
    assertThat(actions.get(0).line().id()).isEqualTo("2026-09/search/USD/do-01");
    assertThat(actions.get(0).line().get("ref")).isEqualTo("do-01");
  }

  @Test
  void anEndpointIsNamedAsOnItsPage() {
    PrintedRow endpoint =
        Rows.row(
            "endpoints",
            "endpoint_id",
            "dialogue-api",
            "endpoint_name",
            "Dialogue in production",
            "members",
            1);
    Statement named = Rows.with(PLAUSIBLE, "endpoints", endpoint);
    PrintedRow action = ActionSamples.endpoint(PLAUSIBLE.head());
    assertThat(
            new StatementActions(Rows.with(named, "actions", action), FIGURES, WORDS)
                .proposed()
                .get(0)
                .text())
        .startsWith("Serve Dialogue in production with gpt-4o:");
  }

  @Test
  void aMonthWithoutRowsHasNoActions() {
    assertThat(proposed()).isEmpty();
  }

  @Test
  void eachKindOfActionSaysWhatToDoAndWhy() {
    Statement.Head head = PLAUSIBLE.head();
    assertThat(text(ActionSamples.price(head)))
        .isEqualTo(
            "Cover p5.48xlarge by a commitment: an hour costs 49.34 on demand, 31.46 under 3 year"
                + " Compute Savings Plan.");
    assertThat(text(ActionSamples.training(head)))
        .isEqualTo(
            "Resume training from checkpoints: 24.3 % of its cost was lost, the most by"
                + " ranker-w38.");
    assertThat(text(ActionSamples.nodes(head, 1)))
        .isEqualTo(
            "Switch off p5.48xlarge i-0abc or give it work: it had free capacity on 2 days.");
    assertThat(text(ActionSamples.nodes(head, 3)))
        .isEqualTo(
            "Switch off nodes or give them work: 3 had free capacity, p5.48xlarge i-0abc the"
                + " most.");
    assertThat(text(ActionSamples.endpoint(head)))
        .isEqualTo("Serve dialogue-api with gpt-4o: a million tokens cost 4.88, there 2.45.");
    assertThat(text(ActionSamples.notebook(head)))
        .isEqualTo("Stop rank-lab outside working hours: it ran for at least 522.0 hours then.");
    assertThat(text(ActionSamples.devices(head)))
        .isEqualTo(
            "Give back accelerators of ns/batch: it held 412.5 hours of L4 more than its busiest"
                + " hour needed.");
  }

  @Test
  void theUnusedPartOfACommitmentIsComparedWithTheMonthBefore() {
    PrintedRow row = ActionSamples.commitment(PLAUSIBLE.head());
    assertThat(text(row))
        .isEqualTo(
            "Use more of 3 year Compute Savings Plan, or buy less at renewal: 5.2 % of it was"
                + " unused on every day. In August 2026, that part cost 1,394.91.");
    assertThat(text(EventSamples.with(row, "previous_shown", null)))
        .endsWith("unused on every day.");
  }
}
