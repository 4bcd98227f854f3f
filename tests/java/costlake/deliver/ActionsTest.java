package costlake.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.report.PrintedRow;
import costlake.report.Rows;
import costlake.report.Statement;
import costlake.report.StatementSentences;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class ActionsTest {
  private static final Statement SEARCH =
      SampleIssues.statement("search", "Search", "USD", "1200.50", "1000.00");

  @Test
  void asksForReportsOfValueAfterWhatHasMoney() {
    Statement unknown = Rows.with(SEARCH, "value", Rows.row("value", "model_id", "ranker"));
    String ask = "Models that report no value: 1 of 1.";
    PrintedRow lost = unknown.rows("actions").get(0);
    assertThat(texts(Rows.with(unknown, "actions", lost, lost, lost)))
        .hasSize(3)
        .noneMatch(text -> text.startsWith(ask));
    assertThat(texts(Rows.with(unknown, "actions", lost)))
        .satisfiesExactly(
            text -> assertThat(text).startsWith("USD\u00a095: Resume training "),
            text -> assertThat(text).startsWith(ask));
  }

  @Test
  void modelsThatReportValueNeedNoAction() {
    PrintedRow value =
        Rows.row("value", "model_id", "ranker", "benefit_shown", new BigDecimal("5.00"));
    assertThat(texts(Rows.with(SEARCH, "value", value)))
        .noneMatch(text -> text.startsWith("Models"));
  }

  private static List<String> texts(Statement statement) {
    return new Actions(
            statement,
            new StatementSentences(Locale.US),
            new MailTexts(Locale.US),
            new LineLinks(null))
        .proposed().stream().map(Actions.MailAction::text).toList();
  }
}
