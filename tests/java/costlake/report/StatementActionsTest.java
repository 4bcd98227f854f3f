package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What the first page and the mail propose to do. */
class StatementActionsTest {
  private static final FigureFormat FIGURES = new FigureFormat(Locale.US);
  private static final StatementTexts WORDS = new StatementTexts(Locale.US);
  private static final Statement PLAUSIBLE = Samples.plausible();

  @Test
  void proposesAtMostThreeActionsWithOwnerMoneyAndLine() {
    List<StatementActions.Action> actions = proposed(PLAUSIBLE);
    assertThat(actions).hasSize(3);
    assertThat(actions)
        .extracting(StatementActions.Action::money)
        .isSortedAccordingTo((a, b) -> b.compareTo(a));
    assertThat(actions).extracting(StatementActions.Action::owner).containsOnly("Search & Ranking");
    assertThat(actions)
        .extracting(StatementActions.Action::text)
        .contains("Switch off p5.48xlarge i-0abc while it has no work.");
  }

  @Test
  void theSumOfAllOtherWorkloadsIsNobodysAction() {
    assertThat(texts(holding(null, null, null))).noneMatch(text -> text.startsWith("Release"));
  }

  @Test
  void nobodyIsToldToReleaseWhatIsUsedMostOfTheTime() {
    assertThat(texts(holding("ranker-0", "10", "100"))).noneMatch(text -> text.contains("ranker"));
    assertThat(texts(holding("ranker-0", "90", "100")))
        .contains(
            "Release accelerators of ranker-0, or request fewer: 90.0 hours held without use.");
    assertThat(texts(holding("ranker-0", "90", null)))
        .as("nobody knows how long it held them")
        .noneMatch(text -> text.contains("ranker"));
  }

  @Test
  void onlyTheOwnerOfNodesIsToldToRunFewer() {
    assertThat(texts(measured("billed_difference", "0.00")))
        .as("node idle that a team bears on nodes of others")
        .noneMatch(text -> text.contains("nodes"));
    StatementActions.Action fewer = proposed(measured("own_idle_nodes", "60000.00")).get(0);
    assertThat(fewer.text())
        .isEqualTo("Run fewer nodes, or fill them: nobody requested this capacity.");
    assertThat(fewer.money()).isEqualByComparingTo("39899.50");
    assertThat(fewer.line().text("name")).isEqualTo("idle");
    assertThat(texts(measured("own_idle_nodes", "20100.50")))
        .as("the days without work that an event names")
        .noneMatch(text -> text.contains("nodes"));
  }

  @Test
  void daysWithoutWorkOfTheMonthBeforeAddNothingToTheNodesOfTheMonth() {
    Statement over =
        Rows.with(
            measured("own_idle_nodes", "60000.00"),
            "events",
            Rows.row(
                "events",
                "event",
                "without_work",
                "cost",
                new BigDecimal("1000.00"),
                "change_shown",
                new BigDecimal("-20100.50")));
    assertThat(proposed(over).get(0).money()).isEqualByComparingTo("59000.00");
  }

  @Test
  void nobodyIsToldToTagTaxPoolsAndCommitments() {
    assertThat(texts(measured("resources_without_project", "0.00")))
        .as("charges without a project, none of them of resources")
        .noneMatch(text -> text.startsWith("Tag"));
    assertThat(texts(measured("resources_without_project", "60000.00")))
        .contains("Tag the resources that name no project.");
  }

  @Test
  void aGroupIsToldWhatToDoAsATeamIs() {
    Statement company =
        Rows.with(
            Samples.company(),
            "events",
            Rows.row(
                "events",
                "line_id",
                "2026-09/company.all/USD/h-02",
                "event",
                "unused_commitment",
                "resource_name",
                "p4d.24xlarge Reserved Instance in us-east-1",
                "change_shown",
                new BigDecimal("9999999.00")));
    StatementActions.Action use = proposed(company).get(0);
    assertThat(use.text())
        .isEqualTo("Use p4d.24xlarge Reserved Instance in us-east-1, or reduce it at renewal.");
    assertThat(use.owner()).isEqualTo("Example");
    assertThat(use.line().text("line_id")).isEqualTo("2026-09/company.all/USD/h-02");
  }

  private static List<StatementActions.Action> proposed(Statement s) {
    return new StatementActions(s, FIGURES, WORDS).proposed();
  }

  private static List<String> texts(Statement s) {
    return proposed(s).stream().map(StatementActions.Action::text).toList();
  }

  private static Statement measured(String measure, String money) {
    PrintedRow row = Rows.row("quality", "measure", measure, "money_shown", new BigDecimal(money));
    return Rows.with(PLAUSIBLE, "quality", row);
  }

  private static Statement holding(String workload, String idle, String held) {
    return Rows.with(
        PLAUSIBLE,
        "workloads",
        Rows.row(
            "workloads",
            "workload_id",
            workload,
            "held_hours",
            decimal(held),
            "idle_hours",
            decimal(idle),
            "idle_cost_shown",
            new BigDecimal("99000.00")));
  }

  private static BigDecimal decimal(String text) {
    return text == null ? null : new BigDecimal(text);
  }
}
