package costlake.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.report.FigureFormat;
import costlake.report.PrintedRow;
import costlake.report.Rows;
import costlake.report.Statement;
import java.math.BigDecimal;
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
}
