package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What models brought, of the month and to date, on the page of unit economics and value. */
class ValuePageTest {
  private static final Statement STATEMENT =
      Rows.with(
          Rows.with(
              Samples.plausible(),
              "value",
              value("detector-v3", "-0.411", "-0.533", null, "0"),
              value("detector-v3", "-0.411", "-0.533", null, "0"),
              value("ranker-v7", "2.466", "2.391", "2026-08-01", "0.1")),
          "model_life",
          life("detector-v3", "44110.33", "2026-08-01", "incomplete"),
          life("attribution-v2", "3768.49", null, "training_leads"));

  private static PrintedRow value(
      String model, String roi, String toDate, String payback, String spread) {
    BigDecimal ratio = new BigDecimal(toDate);
    return Rows.row(
        "value",
        "line_id",
        "2026-09/search/USD/v-01",
        "model_id",
        model,
        "benefit_kind",
        "hours_saved",
        "benefit_shown",
        new BigDecimal("25963.20"),
        "value_assumption",
        "hours_saved at 54 USD each, survey",
        "cost_shown",
        new BigDecimal("44110.33"),
        "paid_shown",
        new BigDecimal("44000.00"),
        "roi",
        new BigDecimal(roi),
        "status",
        "measured",
        "complete_from",
        LocalDate.parse("2026-08-01"),
        "cost_to_date_shown",
        new BigDecimal("93804.65"),
        "benefit_to_date_shown",
        new BigDecimal("43761.60"),
        "roi_to_date_low",
        ratio.subtract(new BigDecimal(spread)),
        "roi_to_date",
        ratio,
        "roi_to_date_high",
        ratio.add(new BigDecimal(spread)),
        "payback_month",
        payback == null ? null : LocalDate.parse(payback));
  }

  private static PrintedRow life(String model, String cost, String from, String status) {
    return Rows.row(
        "model_life",
        "line_id",
        "2026-09/search/USD/l-01",
        "members",
        1,
        "model_id",
        model,
        "first_month",
        LocalDate.parse("2026-07-01"),
        "cost_shown",
        new BigDecimal(cost),
        "training_to_date_shown",
        new BigDecimal("78137.94"),
        "inference_to_date_shown",
        new BigDecimal("1726.18"),
        "other_to_date_shown",
        new BigDecimal("13940.53"),
        "status",
        status,
        "complete_from",
        from == null ? null : LocalDate.parse(from));
  }

  private static String text(Locale locale) {
    return new Pages(StatementPages.embedded(), locale)
        .web(List.of(STATEMENT), StatementStatus.preliminary(1))
        .replaceAll("(?s)<style>.*?</style>", " ")
        .replaceAll("<[^>]*>", " ")
        .replaceAll("[\\s\u00a0]+", " ");
  }

  @Test
  void theReturnOfTheMonthStandsBesideTheReturnToDate() {
    assertThat(text(Locale.US))
        .contains("detector-v3 hours saved – 25,963.20 44,110.33 −41.1 % v-01")
        .contains("this statement pays 44,000.00 of its cost.")
        .contains("hours_saved at 54 USD each, survey.")
        .containsOnlyOnce("detector-v3 August 2026 43,761.60 93,804.65 −53.3 % not yet v-01")
        .contains(
            "ranker-v7 August 2026 43,761.60 93,804.65 239.1 % 229.1 % to 249.1 % August 2026 v-01")
        .contains("To date begins with the first complete month.")
        .contains(
            "detector-v3 44,110.33 78,137.94 1,726.18 13,940.53 cluster uses not known counted from August 2026 l-01")
        .contains("attribution-v2 3,768.49 78,137.94 1,726.18 13,940.53 not yet l-01");
  }

  @Test
  void aGermanStatementSaysItInGerman() {
    assertThat(text(Locale.GERMANY))
        .contains("detector-v3 August 2026 43.761,60 93.804,65 −53,3 % noch nicht v-01")
        .contains("Bis heute beginnt mit dem ersten vollständigen Monat.")
        .contains("Nutzung des Clusters nicht bekannt gezählt ab August 2026 l-01");
  }

  @Test
  void theChartNamesTheFirstMonthThatCounts() {
    List<PrintedRow> months = List.of(month("2026-07-01"), month("2026-09-01"));
    LifeChart.Lives lives =
        new LifeChart(
                new FigureFormat(Locale.US),
                new StatementTexts(Locale.US),
                LocalDate.parse("2026-09-01"),
                Chart.WIDTH)
            .chart(List.of(life("detector-v3", "1", "2026-07-01", "training_leads")), months);
    assertThat(lives.text())
        .isEqualTo("detector-v3, from July 2026: training still costs more than inference");
    assertThat(lives.panels().get(0).title().text()).isEqualTo("detector-v3, from July 2026");
  }

  private static PrintedRow month(String month) {
    return Rows.row(
        "life_months",
        "model_id",
        "detector-v3",
        "history_month",
        LocalDate.parse(month),
        "training_to_date_shown",
        new BigDecimal("78137.94"),
        "inference_to_date_shown",
        new BigDecimal("1726.18"));
  }

  /** The models cost 44,110.33 and 3,768.49. */
  @Test
  void costWithoutAModelIsWhatTheModelsLeaveOfTheTotal() {
    BigDecimal rest = STATEMENT.head().total().subtract(new BigDecimal("47878.82"));
    assertThat(text(Locale.US))
        .contains(
            "Cost without a model, which is in no ROI: " + new FigureFormat(Locale.US).money(rest));
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

  @Test
  void countsTheCostOfAModelOnceForAllItsBenefits() {
    PrintedRow revenue = benefit("revenue", "300");
    PrintedRow hours = benefit("hours_saved", "50");
    assertThat(values(revenue, hours).lede())
        .isEqualTo("1 of 1 models reports value: 350 for a cost of 100.");
  }

  @Test
  void explainsABenefitThatCannotBeComparedWithItsCost() {
    PrintedRow euros = benefit("ranker", "EUR", "300", "100", "benefit_in_other_currency");
    PrintedRow costless = benefit("old", "USD", "50", null, "no_cost");
    ValueFindings findings = values(euros, costless);
    assertThat(findings.lede())
        .isEqualTo(
            "What hours and models cost. No benefit can be compared with the cost of its model.");
    assertThat(findings.remarks())
        .containsExactly(
            "ranker: its cost and benefits are not all in one currency, so there is no ROI.",
            "old: it has no cost in this month.");
    assertThat(values(euros, costless, benefit("revenue", "300")).lede())
        .isEqualTo("1 of 3 models reports value: 300 for a cost of 100.");
  }

  private static ValueFindings values(PrintedRow... values) {
    return findings(Rows.with(Samples.plausible(), "value", values));
  }

  private static ValueFindings findings(Statement statement) {
    return new ValueFindings(statement, new FigureFormat(Locale.US), new StatementTexts(Locale.US));
  }

  private static PrintedRow benefit(String kind, String benefit) {
    return Rows.row(
        "value",
        "model_id",
        "m",
        "benefit_kind",
        kind,
        "benefit_currency",
        "USD",
        "benefit_shown",
        new BigDecimal(benefit),
        "cost_shown",
        new BigDecimal("100"),
        "status",
        "measured");
  }

  private static PrintedRow benefit(
      String model, String currency, String benefit, String cost, String status) {
    return Rows.row(
        "value",
        "model_id",
        model,
        "benefit_kind",
        "revenue",
        "benefit_currency",
        currency,
        "benefit_shown",
        money(benefit),
        "cost_shown",
        money(cost),
        "status",
        status);
  }

  private static BigDecimal money(String value) {
    return value == null ? null : new BigDecimal(value);
  }
}
