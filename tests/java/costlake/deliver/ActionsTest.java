package costlake.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.report.FigureFormat;
import costlake.report.PrintedRow;
import costlake.report.Rows;
import costlake.report.Statement;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ActionsTest {
  @Test
  void namesAWorkloadAlsoIfItsAcceleratorModelIsUnknown() {
    Statement s = SampleIssues.statement("search", "Search", "USD", "1200.50", "1000.00");
    PrintedRow held =
        Rows.row(
            "workloads",
            "workload_id",
            "search/ranker-0",
            "idle_hours",
            new BigDecimal("12.0"),
            "idle_cost_shown",
            new BigDecimal("99.00"));
    Statement holding = Rows.with(s, "workloads", held);
    assertThat(new Actions(holding, new FigureFormat(Locale.US), new MailTexts(Locale.US)).texts())
        .anyMatch(text -> text.startsWith("search/ranker-0 held " + FigureFormat.UNKNOWN));
  }

  @Test
  void theSumOfAllOtherWorkloadsIsNobodysAction() {
    Statement s = SampleIssues.statement("search", "Search", "USD", "1200.50", "1000.00");
    PrintedRow rest =
        Rows.row("workloads", "members", 190, "idle_cost_shown", new BigDecimal("400.00"));
    Statement holding = Rows.with(s, "workloads", rest);
    assertThat(new Actions(holding, new FigureFormat(Locale.US), new MailTexts(Locale.US)).texts())
        .noneMatch(text -> text.contains("400"));
  }

  @Test
  void nobodyIsToldToReleaseWhatIsUsedMostOfTheTime() {
    assertThat(texts(workload("10", "100"))).noneMatch(text -> text.contains("search/ranker-0"));
    assertThat(texts(workload("90", "100"))).anyMatch(text -> text.contains("search/ranker-0"));
  }

  @Test
  void onlyTheOwnerOfNodesIsToldToRunFewer() {
    assertThat(texts(measure("billed_difference", "0.00")))
        .as("node idle of 100 that a team bears on nodes of others")
        .noneMatch(text -> text.contains("nodes"));
    assertThat(texts(measure("own_idle_nodes", "60.00")))
        .contains(
            "Your nodes had capacity that nobody requested, for USD\u00a060, 5.0\u00a0% of the"
                + " total. Run fewer nodes, or fill them.");
  }

  @Test
  void nobodyIsToldToTagTaxPoolsAndCommitments() {
    assertThat(texts(measure("resources_without_project", "0.00")))
        .as("90 without a project, none of it of resources")
        .noneMatch(text -> text.contains("project."));
    assertThat(texts(measure("resources_without_project", "36.00")))
        .contains(
            "Resources that cost USD\u00a036, 3.0\u00a0% of the total, name no project. Tag them"
                + " with a project.");
  }

  private static List<String> texts(Statement statement) {
    return new Actions(statement, new FigureFormat(Locale.US), new MailTexts(Locale.US)).texts();
  }

  private static Statement measure(String measure, String money) {
    Statement s = SampleIssues.statement("search", "Search", "USD", "1200.50", "1000.00");
    return Rows.with(
        s,
        "quality",
        Rows.row("quality", "measure", measure, "money_shown", new BigDecimal(money)));
  }

  private static Statement workload(String idle, String held) {
    Statement s = SampleIssues.statement("search", "Search", "USD", "1200.50", "1000.00");
    return Rows.with(
        s,
        "workloads",
        Rows.row(
            "workloads",
            "workload_id",
            "search/ranker-0",
            "held_hours",
            new BigDecimal(held),
            "idle_hours",
            new BigDecimal(idle),
            "idle_cost_shown",
            new BigDecimal("99.00")));
  }
}
