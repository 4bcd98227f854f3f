package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The page about data quality. */
class QualityPageTest {
  private static String web(Statement statement) {
    return new Pages(StatementPages.embedded(), Locale.US)
        .web(List.of(statement), StatementStatus.preliminary(1))
        .replace('\u00a0', ' ');
  }

  private static PrintedRow share(String measure, String ratio) {
    return Rows.row("quality", "measure", measure, "ratio", new BigDecimal(ratio));
  }

  private static Statement statement(PrintedRow... checks) {
    return Rows.with(Samples.plausible(), "quality", checks);
  }

  private static StatementFindings findings(Statement statement) {
    return new StatementFindings(
        statement, new FigureFormat(Locale.US), new StatementTexts(Locale.US));
  }

  @Test
  void sharesOfOwnersSumToAHundredPercentAsShown() {
    Statement thirds =
        statement(
            share("tag_share", "0.333333333"),
            share("namespace_share", "0.333333333"),
            share("last_resort_share", "0.333333334"),
            share("untagged_share", "0.5"));
    assertThat(new QualityFindings(thirds).owners())
        .extracting(owner -> owner.share().toPlainString())
        .containsExactly("0.333", "0.333", "0.334");
    assertThat(web(thirds))
        .contains(
            "<td>A tag or label</td><td class=\"n\">33.3 %</td>",
            "<td>No rule: the owner of last resort</td><td class=\"n\">33.4 %</td>",
            "<td>Total</td><td class=\"n\">100.0 %</td>",
            "<td>Cost without any tag, whoever owns it</td><td class=\"n\">50.0 %</td>");
  }

  @Test
  void sharesOfACreditAreNegativeAndSumToAHundredPercentToo() {
    QualityFindings credit =
        new QualityFindings(
            statement(share("tag_share", "1.200666667"), share("account_share", "-0.200666667")));
    assertThat(credit.owners())
        .extracting(owner -> owner.share().toPlainString())
        .containsExactly("1.201", "-0.201");
    assertThat(credit.owned()).isEqualByComparingTo("1");
  }

  @Test
  void sharesThatAreUnknownAreNotShown() {
    PrintedRow unknown = Rows.row("quality", "measure", "tag_share");
    assertThat(new QualityFindings(statement(unknown)).owners()).isEmpty();
    assertThat(web(statement(unknown))).doesNotContain("How the owner of each cost was found");
  }

  @Test
  void tokensThatTheBillMetersAreNotUnmeasured() {
    PrintedRow tokens =
        Rows.row("quality", "measure", "billed_tokens", "money_shown", new BigDecimal("2310.40"));
    assertThat(findings(statement(tokens)).unmeasured())
        .contains(
            "Requests and tokens of endpoints. Tokens of model APIs are on the bill, for 2,310.40.")
        .doesNotContain("Requests and tokens of inference.");
    assertThat(findings(ServingSamples.serving()).unmeasured())
        .noneMatch(gap -> gap.contains("tokens"));
  }

  /** A month that was closed before the life costs had the cost of the month. */
  @Test
  void saysHowMuchCostIsInNoReturn() {
    PrintedRow nameless =
        Rows.row(
            "lines",
            "line_id",
            "2026-09/search/USD/m-01",
            "breakdown",
            "model",
            "members",
            1,
            "cost_shown",
            new BigDecimal("41280.71"));
    Statement search = Rows.with(Rows.with(Samples.plausible(), "lines", nameless), "model_life");
    assertThat(findings(search).withoutModel())
        .isEqualTo(
            "Cost without a model, which is in no ROI: 41,280.71, 10.0\u00a0% of the total.");
    assertThat(findings(Rows.with(search, "value")).withoutModel()).isNull();
  }
}
