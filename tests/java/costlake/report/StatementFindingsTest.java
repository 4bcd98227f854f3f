package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The sentences that a statement prints about its figures. */
class StatementFindingsTest {
  private static final LocalDate SEPTEMBER = LocalDate.parse("2026-09-01");

  @Test
  void namesTheLargestStepOfTheHistory() {
    assertThat(history(false, "100", "240", "250").where())
        .isEqualTo("No charge names a service. The largest step in 3 months: +140 in August 2026.");
    assertThat(history(false, "100", "110", "120").where()).isEqualTo("No charge names a service.");
  }

  @Test
  void ignoresTheStepThatTelemetryCauses() {
    assertThat(history(true, "100", "150", "400").where())
        .isEqualTo("No charge names a service. The largest step in 3 months: +50 in August 2026.");
  }

  @Test
  void namesTheFirstMonthInWhichNodesAreSplit() {
    assertThat(history(true, "100", "240", "250").history())
        .startsWith("From September 2026 on, telemetry splits the cost of cluster nodes");
    assertThat(history(false, "100", "240", "250").history()).isNull();
  }

  @Test
  void accountsForEveryProvisionedHour() {
    assertThat(
            new StatementFindings(
                    Samples.plausible(), new FigureFormat(Locale.US), new StatementTexts(Locale.US))
                .accelerators())
        .isEqualTo(
            "14,821.0 of 33,590.0 provisioned accelerator-hours were active, 9,969.0 held without"
                + " use, 5,770.0 free, 3,030.0 not measured.");
  }

  @Test
  void omitsHoursThatRoundToZero() {
    PrintedRow a =
        Rows.row(
            "accelerators",
            "accelerator_model",
            "L4",
            "provisioned_hours",
            new BigDecimal("10"),
            "allocated_hours",
            new BigDecimal("9"),
            "active_hours",
            new BigDecimal("5.99"),
            "node_idle_hours",
            BigDecimal.ONE,
            "workload_idle_hours",
            new BigDecimal("3"),
            "cost_shown",
            BigDecimal.TEN);
    Statement s = Rows.with(statement("130", null, Map.of()), "accelerators", a);
    assertThat(
            new StatementFindings(s, new FigureFormat(Locale.US), new StatementTexts(Locale.US))
                .accelerators())
        .isEqualTo(
            "6.0 of 10.0 provisioned accelerator-hours were active, 3.0 held without use, 1.0"
                + " free.");
  }

  @Test
  void theChartOfIdleHoursLeavesOutHoursThatWereNotCounted() {
    PrintedRow counted = idle(1, new BigDecimal("3"));
    PrintedRow unknown = idle(2, null);
    IdleHoursChart chart =
        new IdleHoursChart(new FigureFormat(Locale.US), new StatementTexts(Locale.US), Chart.WIDTH);
    int scale = 6;
    assertThat(chart.chart(List.of(counted, unknown), List.of(), "").marks()).hasSize(1 + scale);
    assertThat(chart.chart(List.of(unknown), List.of(), "")).isNull();
  }

  private static PrintedRow idle(int hour, @Nullable BigDecimal accelerators) {
    return Rows.row(
        "idle_hours", "weekday", 1, "hour_of_day", hour, "idle_accelerators", accelerators);
  }

  @Test
  void namesTheThreeLargestEffectsOfAChange() {
    Statement s =
        changed(
            "130",
            "100",
            effect("volume", "2"),
            effect("price", "-12"),
            effect("new", "45"),
            effect("tax", "-5"));
    assertThat(
            new StatementFindings(s, new FigureFormat(Locale.US), new StatementTexts(Locale.US))
                .changes())
        .isEqualTo("Up 30 against August 2026: new +45, price −12, tax −5, and more below.");
  }

  @Test
  void leavesOutPartsWhoseMoneyRoundsToNothing() {
    Statement s = changed("130", "100", effect("volume", "30.00"), effect("mix", "0.00"));
    assertThat(s.changes("effect")).extracting(c -> c.text("basis")).containsExactly("volume");
  }

  @Test
  void explainsPartsThatChangedWhileTheTotalStayed() {
    Statement s = changed("100", "100", effect("volume", "2"), effect("price", "-2"));
    assertThat(
            new StatementFindings(s, new FigureFormat(Locale.US), new StatementTexts(Locale.US))
                .changes())
        .isEqualTo(
            "The same total as in August 2026; increases and decreases offset each other: volume"
                + " +2, price −2.");
  }

  @Test
  void listsWhatIsNotMeasured() {
    assertThat(
            new StatementFindings(
                    Samples.plausible(), new FigureFormat(Locale.US), new StatementTexts(Locale.US))
                .unmeasured())
        .containsExactly(
            "Activity of accelerators: 3,228.3 of 27,820.0 held hours.",
            "Value of models: 1 of 2 report none.",
            "Requests and tokens of inference.");
    assertThat(
            new StatementFindings(
                    Samples.single(), new FigureFormat(Locale.US), new StatementTexts(Locale.US))
                .unmeasured())
        .contains(
            "Accelerators: the telemetry has none for this team.",
            "Training runs.",
            "Requests and tokens of inference.");
  }

  private static Statement changed(String total, String previous, PrintedRow... effects) {
    return statement(total, previous, Map.of("changes", List.of(effects)));
  }

  private static PrintedRow effect(String basis, String change) {
    return Rows.row(
        "changes", "breakdown", "effect", "basis", basis, "change_shown", new BigDecimal(change));
  }

  @Test
  void countsTheCostOfAModelOnceForAllItsBenefits() {
    PrintedRow revenue = value("revenue", "300");
    PrintedRow hours = value("hours_saved", "50");
    Statement s = statement("130", null, Map.of("value", List.of(revenue, hours)));
    assertThat(
            new StatementFindings(s, new FigureFormat(Locale.US), new StatementTexts(Locale.US))
                .value())
        .isEqualTo("1 of 1 models reports value: 350 for a cost of 100.");
  }

  @Test
  void explainsABenefitThatCannotBeComparedWithItsCost() {
    PrintedRow euros = value("ranker", "EUR", "300", "100", "benefit_in_other_currency");
    PrintedRow costless = value("old", "USD", "50", null, "no_cost");
    StatementFindings findings = values(euros, costless);
    assertThat(findings.value())
        .isEqualTo(
            "What hours and models cost. No benefit can be compared with the cost of its model.");
    assertThat(findings.valueRemarks())
        .containsExactly(
            "ranker: its cost and benefits are not all in one currency, so there is no ROI.",
            "old: it has no cost in this month.");
    assertThat(values(euros, costless, value("revenue", "300")).value())
        .isEqualTo("1 of 3 models reports value: 300 for a cost of 100.");
  }

  private static StatementFindings values(PrintedRow... values) {
    Statement s = statement("130", null, Map.of("value", List.of(values)));
    return new StatementFindings(s, new FigureFormat(Locale.US), new StatementTexts(Locale.US));
  }

  @Test
  void separatesSharedCostFromTaxThatIsSplitTheSameWay() {
    PoolFindings findings =
        new PoolFindings(
            Samples.plausible(), new FigureFormat(Locale.US), new StatementTexts(Locale.US));
    assertThat(findings.lede())
        .isEqualTo(
            "USD 34,384.14 of shared cost came by way of 2 pools; tax and credits of 2,417.45 were"
                + " split the same way.");
    assertThat(findings.total()).isEqualByComparingTo("34384.14");
  }

  @Test
  void doesNotClaimAgreementThatWasNotMeasured() {
    assertThat(of("1", null).quality())
        .isEqualTo("Whether bills and statements agree was not measured.");
    assertThat(
            new StatementFindings(
                    Samples.plausible(), new FigureFormat(Locale.US), new StatementTexts(Locale.US))
                .quality())
        .isEqualTo("Bills and statements agree to the cent.");
  }

  @Test
  void costOfUnclearLinksIsNoDifference() {
    assertThat(withCheck("claimed_by_several_runs").quality())
        .isEqualTo("Bills and statements agree to the cent.");
    assertThat(withCheck("effective_difference").quality())
        .isEqualTo("Bills and statements differ: see the table below.");
  }

  private static StatementFindings withCheck(String measure) {
    PrintedRow bills =
        Rows.row("quality", "measure", "billed_difference", "money_shown", new BigDecimal("0.00"));
    PrintedRow other =
        Rows.row("quality", "measure", measure, "money_shown", new BigDecimal("3.25"));
    return new StatementFindings(
        statement("1", null, Map.of("quality", List.of(bills, other))),
        new FigureFormat(Locale.US),
        new StatementTexts(Locale.US));
  }

  @Test
  void namesADriverWithoutUnits() {
    assertThat(new StatementTexts(Locale.US).driver("cpu_hours (nobody had units: even)"))
        .isEqualTo("even parts: nobody had CPU-hours");
    assertThat(new StatementTexts(Locale.US).driver("cpu_hours")).isEqualTo("CPU-hours");
  }

  private static StatementFindings of(String total, String previous, PrintedRow... lines) {
    Statement s = statement(total, previous, Map.of("lines", List.of(lines)));
    return new StatementFindings(s, new FigureFormat(Locale.US), new StatementTexts(Locale.US));
  }

  /**
   * Creates the findings of a history up to September. If {@code split}, the cost of nodes is split
   * by use in the last month.
   */
  private static StatementFindings history(boolean split, String... totals) {
    List<PrintedRow> months = new ArrayList<>();
    for (int i = 0; i < totals.length; i++) {
      int before = totals.length - 1 - i;
      months.add(
          Samples.month(
              SEPTEMBER.minusMonths(before), 0, new BigDecimal(totals[i]), split && before == 0));
    }
    return new StatementFindings(
        statement(
            "250",
            "240",
            Map.of("history", months, "accelerators", Samples.plausible().rows("accelerators"))),
        new FigureFormat(Locale.US),
        new StatementTexts(Locale.US));
  }

  private static Statement statement(
      String total, String previous, Map<String, List<PrintedRow>> rows) {
    return Rows.statement(Samples.head(total, previous), rows);
  }

  private static PrintedRow value(String kind, String benefit) {
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

  private static PrintedRow value(
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
