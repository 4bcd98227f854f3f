package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The sentences that a statement prints about its figures. */
class StatementFindingsTest {
  private static final LocalDate SEPTEMBER = LocalDate.parse("2026-09-01");

  @Test
  void namesACauseOnlyIfItIsHalfOfTheChange() {
    assertThat(of("130", "100", line("project", "ranker", "80", "64")).summary().get(0))
        .isEqualTo("Up 30 against August 2026; most of that in ranker (+16).");
    assertThat(of("130", "100", line("project", "ranker", "80", "66")).summary().get(0))
        .isEqualTo("Up 30 against August 2026.");
  }

  @Test
  void namesAKindOfCostIfNoProjectIsTheCause() {
    StatementFindings findings =
        of(
            "130",
            "100",
            line("project", null, "130", "100"),
            line("bridge", "direct", "100", "98"),
            line("bridge", "idle", "30", "2"));
    assertThat(findings.summary().get(0))
        .isEqualTo("Up 30 against August 2026; most of that in node idle (+28).");
  }

  @Test
  void countsTheWholeCostOfANewLine() {
    assertThat(of("130", "100", line("project", "new", "40", null)).summary().get(0))
        .isEqualTo("Up 30 against August 2026; most of that in new (+40).");
  }

  @Test
  void distinguishesNodeIdleFromWorkloadIdle() {
    StatementFindings findings =
        new StatementFindings(
            Samples.hostile(), new FigureFormat(Locale.US), new StatementTexts(Locale.US));
    assertThat(findings.summary().get(1))
        .isEqualTo(
            "Node capacity that nobody requested cost 792, 8.7\u00a0% of the total; accelerators"
                + " held without use cost 6,437.");
  }

  @Test
  void statesTheCostWithoutAProject() {
    assertThat(of("130", null, line("project", null, "130", null)).summary())
        .containsExactly(
            "This is the first month on record: nothing to compare with.",
            "Charges of 130 name no project.");
    assertThat(
            of("130", null, line("project", null, "100", null), line("project", "a", "30", null))
                .summary()
                .get(1))
        .isEqualTo(
            "The largest project is a with 30, 23.1\u00a0% of the total; charges of 100 name no"
                + " project.");
  }

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
    Statement.Accelerator a =
        new Statement.Accelerator(
            "2026-09/search/USD/a-01",
            "L4",
            new BigDecimal("10"),
            new BigDecimal("9"),
            new BigDecimal("5.99"),
            BigDecimal.ONE,
            new BigDecimal("3"),
            BigDecimal.TEN,
            null,
            null,
            null,
            null);
    Statement like = statement("130", null, List.of(), List.of(), List.of());
    Statement s =
        new Statement(
            like.head(),
            like.lines(),
            like.history(),
            List.of(),
            List.of(a),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of());
    assertThat(
            new StatementFindings(s, new FigureFormat(Locale.US), new StatementTexts(Locale.US))
                .accelerators())
        .isEqualTo(
            "6.0 of 10.0 provisioned accelerator-hours were active, 3.0 held without use, 1.0"
                + " free.");
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
            "Budgets and forecasts, training runs, and requests and tokens of inference.");
    assertThat(
            new StatementFindings(
                    Samples.single(), new FigureFormat(Locale.US), new StatementTexts(Locale.US))
                .unmeasured())
        .contains("Accelerators: the telemetry has none for this team.");
  }

  private static Statement changed(String total, String previous, Statement.Change... effects) {
    Statement like = statement(total, previous, List.of(), List.of(), List.of());
    return new Statement(
        like.head(),
        like.lines(),
        like.history(),
        List.of(effects),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  private static Statement.Change effect(String basis, String change) {
    return new Statement.Change(
        "effect",
        "2026-09/search/USD/x-01",
        1,
        basis,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        new BigDecimal(change));
  }

  @Test
  void countsTheCostOfAModelOnceForAllItsBenefits() {
    Statement.Value revenue = value("revenue", "300");
    Statement.Value hours = value("hours_saved", "50");
    Statement s = statement("130", null, List.of(), List.of(), List.of(revenue, hours));
    assertThat(
            new StatementFindings(s, new FigureFormat(Locale.US), new StatementTexts(Locale.US))
                .value())
        .isEqualTo("1 of 1 models reports value: 350 for a cost of 100.");
  }

  @Test
  void explainsABenefitThatCannotBeComparedWithItsCost() {
    Statement.Value euros = value("ranker", "EUR", "300", "100", "benefit_in_other_currency");
    Statement.Value costless = value("old", "USD", "50", null, "no_cost");
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

  private static StatementFindings values(Statement.Value... values) {
    Statement s = statement("130", null, List.of(), List.of(), List.of(values));
    return new StatementFindings(s, new FigureFormat(Locale.US), new StatementTexts(Locale.US));
  }

  @Test
  void separatesSharedCostFromTaxThatIsSplitTheSameWay() {
    StatementFindings findings =
        new StatementFindings(
            Samples.plausible(), new FigureFormat(Locale.US), new StatementTexts(Locale.US));
    assertThat(findings.pools())
        .isEqualTo(
            "USD 34,384.14 of shared cost came by way of 2 pools; tax and credits of 2,417.45 were"
                + " split the same way.");
    assertThat(findings.poolTotal()).isEqualByComparingTo("34384.14");
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
  void namesADriverWithoutUnits() {
    assertThat(new StatementTexts(Locale.US).driver("cpu_hours (nobody had units: even)"))
        .isEqualTo("even parts: nobody had CPU-hours");
    assertThat(new StatementTexts(Locale.US).driver("cpu_hours")).isEqualTo("CPU-hours");
  }

  private static StatementFindings of(String total, String previous, Statement.Line... lines) {
    Statement s = statement(total, previous, List.of(lines), List.of(), List.of());
    return new StatementFindings(s, new FigureFormat(Locale.US), new StatementTexts(Locale.US));
  }

  /**
   * Creates the findings of a history up to September. If {@code split}, the cost of nodes is split
   * by use in the last month.
   */
  private static StatementFindings history(boolean split, String... totals) {
    List<Statement.Month> months = new ArrayList<>();
    for (int i = 0; i < totals.length; i++) {
      boolean last = i == totals.length - 1;
      months.add(
          new Statement.Month(
              SEPTEMBER.minusMonths(totals.length - 1L - i),
              "Compute",
              0,
              new BigDecimal(totals[i]),
              split && last));
    }
    return new StatementFindings(
        statement("250", "240", List.of(), months, List.of()),
        new FigureFormat(Locale.US),
        new StatementTexts(Locale.US));
  }

  private static Statement statement(
      String total,
      String previous,
      List<Statement.Line> lines,
      List<Statement.Month> history,
      List<Statement.Value> values) {
    Statement.Head like = Samples.plausible().head();
    Statement.Head head =
        new Statement.Head(
            SEPTEMBER,
            like.receiver(),
            "USD",
            like.costCentre(),
            like.company(),
            like.contact(),
            like.disputeUntil(),
            new BigDecimal(total),
            money(previous),
            new BigDecimal(total),
            null,
            null);
    return new Statement(
        head,
        lines,
        history,
        List.of(),
        history.isEmpty() ? List.of() : Samples.plausible().accelerators(),
        List.of(),
        List.of(),
        List.of(),
        values,
        List.of());
  }

  private static Statement.Line line(String breakdown, String name, String cost, String previous) {
    return new Statement.Line(
        breakdown,
        "2026-09/search/USD/x-01",
        name,
        1,
        new BigDecimal(cost),
        money(previous),
        FigureFormat.ratio(new BigDecimal(cost), new BigDecimal("130")));
  }

  private static Statement.Value value(String kind, String benefit) {
    return new Statement.Value(
        "2026-09/search/USD/v-01",
        "m",
        kind,
        BigDecimal.ONE,
        "USD",
        new BigDecimal(benefit),
        null,
        new BigDecimal("100"),
        new BigDecimal("2.5"),
        "measured");
  }

  private static Statement.Value value(
      String model, String currency, String benefit, String cost, String status) {
    return new Statement.Value(
        "2026-09/search/USD/v-02",
        model,
        "revenue",
        BigDecimal.ONE,
        currency,
        money(benefit),
        null,
        money(cost),
        null,
        status);
  }

  private static BigDecimal money(String value) {
    return value == null ? null : new BigDecimal(value);
  }
}
