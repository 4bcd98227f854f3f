package costlake.report;

import static costlake.report.CommitmentSamples.PLAN;
import static costlake.report.CommitmentSamples.plan;
import static costlake.report.CommitmentSamples.service;
import static costlake.report.CommitmentSamples.statement;
import static costlake.report.CommitmentSamples.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The page about reservations and savings plans. */
class CommitmentsPageTest {
  private static String web(Statement statement, Locale locale) {
    return new Pages(StatementPages.embedded(), locale)
        .web(List.of(statement), StatementStatus.preliminary(1))
        .replace('\u00a0', ' ');
  }

  private static CommitmentFindings findings(Statement statement) {
    return new CommitmentFindings(
        statement, new FigureFormat(Locale.US), new StatementTexts(Locale.US));
  }

  @Test
  void aStatementWithoutCommitmentsHasNoSuchPage() {
    assertThat(web(Samples.company(), Locale.US)).doesNotContain("id=\"commitments-USD\"");
  }

  @Test
  void saysWhatCommitmentsCostLeftUnusedSavedAndCovered() {
    assertThat(
            findings(statement(plan("95.00", "5.00", "160.00"), service("160.00", "40.00"))).lede())
        .isEqualTo(
            "Commitments cost 100, of which 5 (5.0\u00a0%) went unused. All in all they saved 60"
                + " against list prices. They covered 80.0\u00a0% of the usage that they could have"
                + " covered.");
  }

  @Test
  void comparesWhatWentUnusedWithTheMonthBefore() {
    PrintedRow plan =
        EventSamples.with(
            plan("95.00", "5.00", "160.00"), "unused_before_shown", new BigDecimal("3.50"));
    assertThat(findings(statement(plan)).lede())
        .contains("of which 5 (5.0\u00a0%) went unused. In August 2026, 3.50 of them went unused.");
    assertThat(web(statement(plan), Locale.US))
        .contains("5.00<br/><span class=\"sub\">August 3.50</span></td>");
  }

  @Test
  void saysIfCommitmentsCostMoreThanListPrices() {
    assertThat(findings(statement(plan("20.00", "80.00", "40.00"))).lede())
        .isEqualTo(
            "Commitments cost 100, of which 80 (80.0\u00a0%) went unused. All in all they cost 60"
                + " more than list prices.");
    assertThat(findings(statement(plan("20.00", "0.00", "40.00"))).lede())
        .startsWith("Commitments cost 20, and all of it was used.");
  }

  @Test
  void namesWhoBearsMostOfWhatWentUnused() {
    assertThat(
            findings(
                    statement(
                        user("q-01", "vision", "50.00", "0.00"),
                        user("q-02", "platform", "0.00", "3.00"),
                        user("q-03", "platform", "0.00", "1.50"),
                        user("q-04", "ads", "1.00", "4.00")))
                .bearers())
        .isEqualTo("What went unused is borne by: platform 4.50, ads 4.00.");
    assertThat(findings(statement(user("q-01", "vision", "50.00", "0.00"))).bearers()).isNull();
  }

  @Test
  void aCommitmentHasItsNameTheEndOfItsIdAndABarOfItsUse() {
    assertThat(web(statement(plan("95.00", "5.00", "160.00")), Locale.US))
        .contains(
            PLAN + " <span class=\"sub\">5b1f0c0e</span>",
            "<rect x=\"0\" y=\"0\" width=\"67\"",
            "<rect x=\"67\" y=\"0\" width=\"3\"",
            "<td class=\"n\">60.00</td><td class=\"id\">j-01</td>")
        .doesNotContain("What commitments could cover");
  }

  @Test
  void usageThatNoCommitmentCoversIsShownWithoutCommitments() {
    assertThat(web(statement(service("0.00", "40.00")), Locale.GERMANY))
        .contains(
            "Keine Zusage deckte etwas von dieser Nutzung.",
            "Was Zusagen decken könnten",
            "<td class=\"n\">0,0 %</td>")
        .doesNotContain("Was jede Zusage kostete und sparte");
  }
}
