package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The page about data quality. */
class QualityPageTest {
  private static final FigureFormat FIGURES = new FigureFormat(Locale.US);
  private static final StatementTexts WORDS = new StatementTexts(Locale.US);

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

  private static QualityFindings findings(Statement statement) {
    return new QualityFindings(statement, WORDS);
  }

  private static List<String> gaps(Statement statement) {
    return new UnmeasuredFindings(statement, FIGURES, WORDS).gaps();
  }

  @Test
  void sharesOfOwnersSumToAHundredPercentAsShown() {
    Statement thirds =
        statement(
            share("tag_share", "0.333333333"),
            share("namespace_share", "0.333333333"),
            share("last_resort_share", "0.333333334"),
            share("untagged_share", "0.5"));
    assertThat(findings(thirds).owners())
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
        findings(
            statement(share("tag_share", "1.200666667"), share("account_share", "-0.200666667")));
    assertThat(credit.owners())
        .extracting(owner -> owner.share().toPlainString())
        .containsExactly("1.201", "-0.201");
    assertThat(credit.owned()).isEqualByComparingTo("1");
  }

  @Test
  void sharesThatAreUnknownAreNotShown() {
    PrintedRow unknown = Rows.row("quality", "measure", "tag_share");
    assertThat(findings(statement(unknown)).owners()).isEmpty();
    assertThat(web(statement(unknown))).doesNotContain("How the owner of each cost was found");
  }

  @Test
  void tokensThatTheBillMetersAreNotUnmeasured() {
    PrintedRow tokens =
        Rows.row("quality", "measure", "billed_tokens", "money_shown", new BigDecimal("2310.40"));
    assertThat(gaps(statement(tokens)))
        .contains(
            "Requests and tokens of endpoints. Tokens of model APIs are on the bill, for 2,310.40.")
        .doesNotContain("Requests and tokens of inference.");
    assertThat(gaps(ServingSamples.serving())).noneMatch(gap -> gap.contains("tokens"));
  }

  @Test
  void listsWhatIsNotMeasured() {
    assertThat(gaps(Samples.plausible()))
        .containsExactly(
            "Activity of accelerators: 3,228.3 of 27,820.0 held hours.",
            "Value of models: 1 of 2 report none.",
            "Requests and tokens of inference.");
    assertThat(gaps(Samples.single()))
        .contains(
            "Accelerators: the telemetry has none for this team.",
            "Training runs.",
            "Requests and tokens of inference.");
  }

  @Test
  void doesNotClaimAgreementThatWasNotMeasured() {
    assertThat(findings(Rows.with(Samples.plausible(), "quality")).lede())
        .isEqualTo("Whether bills and statements agree was not measured.");
    assertThat(findings(Samples.plausible()).lede())
        .isEqualTo("Bills and statements agree to the cent.");
  }

  @Test
  void costOfUnclearLinksIsNoDifference() {
    assertThat(withCheck("claimed_by_several_runs").lede())
        .isEqualTo("Bills and statements agree to the cent.");
    assertThat(withCheck("effective_difference").lede())
        .isEqualTo("Bills and statements differ: see the table below.");
  }

  private static QualityFindings withCheck(String measure) {
    PrintedRow bills =
        Rows.row("quality", "measure", "billed_difference", "money_shown", new BigDecimal("0.00"));
    PrintedRow other =
        Rows.row("quality", "measure", measure, "money_shown", new BigDecimal("3.25"));
    return findings(statement(bills, other));
  }
}
