package costlake.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.report.FigureFormat;
import costlake.report.Statement;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ActionsTest {
  @Test
  void namesAWorkloadAlsoIfItsAcceleratorModelIsUnknown() {
    Statement s = SampleIssues.statement("search", "Search", "USD", "1200.50", "1000.00");
    Statement.Workload held =
        new Statement.Workload(
            "w-01", "search/ranker-0", null, new BigDecimal("12.0"), new BigDecimal("99.00"));
    Statement holding =
        new Statement(
            s.head(),
            s.lines(),
            s.history(),
            s.changes(),
            s.accelerators(),
            List.of(held),
            s.idleHours(),
            s.pools(),
            s.values(),
            s.checks());
    assertThat(new Actions(holding, new FigureFormat(Locale.US), new MailTexts(Locale.US)).texts())
        .anyMatch(text -> text.startsWith("search/ranker-0 held " + FigureFormat.UNKNOWN));
  }
}
