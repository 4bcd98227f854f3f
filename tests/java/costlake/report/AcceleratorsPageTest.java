package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The page about accelerators and the workloads that held them without use. */
class AcceleratorsPageTest {
  private static String web(Statement statement) {
    return new Pages(StatementPages.embedded(), Locale.US)
        .web(List.of(statement), StatementStatus.preliminary(1))
        .replace('\u00a0', ' ');
  }

  @Test
  void theWorkloadsBeyondTheListedOnesAreARowSoThatTheRowsAddUp() {
    Statement statement = Samples.plausible();
    assertThat(
            statement.rows("workloads").stream()
                .map(row -> row.decimal("idle_cost_shown"))
                .reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo(statement.head().workloadIdle());
    assertThat(web(statement))
        .contains(
            "<td>Everything else (190)</td><td class=\"n wide\">812.4</td>"
                + "<td class=\"n\">4,723.56</td>");
  }

  @Test
  void acceleratorsThatOnlyTheBillKnowsAreRowsAndTheRowsSumToTheTotal() {
    Statement statement =
        Rows.with(
            Samples.plausible(),
            "accelerators",
            accelerator("a-01", "L4", false, "1000.25"),
            accelerator("a-02", "A10G", true, "2.50"));
    assertThat(web(statement))
        .contains(
            "A10G <span class=\"sub\">billed, not measured</span></td><td class=\"n\">7.0</td>"
                + "<td class=\"n\">–</td><td class=\"n\">–</td>")
        .contains("7.0 further accelerator-hours are billed, not measured.")
        .contains("<td class=\"n\">1,002.75</td>");
  }

  @Test
  void aTotalOfUnknownCostIsUnknownAndUnknownHoursAreSaid() {
    Statement statement =
        Rows.with(
            Samples.plausible(),
            "accelerators",
            accelerator("a-01", "L4", false, "1000.25"),
            EventSamples.with(accelerator("a-02", "A10G", true, "2.50"), "cost_shown", null),
            EventSamples.with(accelerator("a-03", "T4", true, "1.50"), "provisioned_hours", null));
    assertThat(web(statement))
        .contains(
            "At least 7.0 further accelerator-hours are billed, not measured: the bill does not say"
                + " all hours.")
        .doesNotContain("<td class=\"n\">1,001.75</td>");
  }

  private static PrintedRow accelerator(String line, String model, boolean billed, String cost) {
    BigDecimal held = billed ? null : BigDecimal.ONE;
    return Rows.row(
        "accelerators",
        "line_id",
        "2026-09/search/USD/" + line,
        "accelerator_model",
        model,
        "is_billed_only",
        billed,
        "provisioned_hours",
        new BigDecimal("7"),
        "allocated_hours",
        held,
        "cost_shown",
        new BigDecimal(cost));
  }

  /**
   * 10.00 by list less 0.60 by contract, and 4.40 less by commitments in the company, 0.40 less in
   * the team: 9.00 - 5.00 is a difference of 4.00, all of it by commitments.
   */
  @Test
  void thePriceOfAnHourNamesTheLargestReasonWhyItDiffersFromTheCompanys() {
    PrintedRow row =
        Rows.row(
            "accelerators",
            "line_id",
            "2026-09/search/USD/a-01",
            "accelerator_model",
            "H100",
            "cost_shown",
            BigDecimal.ONE,
            "list_price",
            new BigDecimal("10"),
            "contracted_price",
            new BigDecimal("9.4"),
            "paid_price",
            new BigDecimal("9"),
            "committed_ratio",
            new BigDecimal("0.1"),
            "company_list_price",
            new BigDecimal("10"),
            "company_contracted_price",
            new BigDecimal("9.4"),
            "company_paid_price",
            new BigDecimal("5"),
            "company_committed_ratio",
            new BigDecimal("0.75"));
    AcceleratorFindings findings = findings(Rows.with(Samples.plausible(), "accelerators", row));
    assertThat(findings.priceReasons())
        .containsExactly(
            "An hour of H100 costs USD 9.0000, 4.0000 more than the company's. Largest reason:"
                + " commitments cover 10.0\u00a0% of its hours, and 75.0\u00a0% of the company's.");
    assertThat(findings.prices())
        .extracting(price -> price.list().add(price.contract()).add(price.commitment()))
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactly(new BigDecimal("9"), new BigDecimal("5"));
  }

  private static AcceleratorFindings findings(Statement statement) {
    return new AcceleratorFindings(
        statement, new FigureFormat(Locale.US), new StatementTexts(Locale.US));
  }

  @Test
  void saysThatAcceleratorsStoodIdleAtWeekendsOnlyIfNoHourOfAnyWeekendIsAnException() {
    LocalDate month = Samples.plausible().head().month();
    List<PrintedRow> hours =
        month
            .datesUntil(month.plusMonths(1))
            .flatMap(day -> IntStream.range(0, 24).mapToObj(hour -> idle(day, hour)))
            .toList();
    assertThat(findings(idleIn(hours.stream())).weekends())
        .matches("In every hour of all [45] weekends, at least 2.0 accelerators stood idle.");
    LocalDate second =
        month
            .datesUntil(month.plusMonths(1))
            .filter(AcceleratorsPageTest::isSunday)
            .toList()
            .get(1);
    assertThat(
            findings(
                    idleIn(
                        hours.stream()
                            .filter(
                                row ->
                                    !row.day("usage_date").equals(second)
                                        || row.number("hour_of_day") != 5)))
                .weekends())
        .isNull();
    assertThat(
            findings(
                    idleIn(hours.stream().filter(row -> row.day("usage_date").getDayOfMonth() < 8)))
                .weekends())
        .isNull();
  }

  /**
   * September 2026 has four Fridays. Of 1.97, 5 and 6 on three of them, at least 1.97 holds for
   * most weeks.
   */
  @Test
  void theIdlestHourOfTheWeekIsOneOfMostWeeks() {
    PrintedRow[] fridays = {
      idle("2026-09-04", 6, "5"),
      idle("2026-09-11", 6, "1.97"),
      idle("2026-09-18", 6, "6"),
      idle("2026-09-05", 7, "8"),
      idle("2026-09-12", 7, "8")
    };
    assertThat(findings(idleIn(Stream.of(fridays))).idlest())
        .isEqualTo("In most weeks, at least 1.9 accelerators stood idle on Fri at 06:00 UTC.");
  }

  @Test
  void anIdleHourOfOneWeekIsNamedByItsDate() {
    assertThat(
            findings(idleIn(Stream.of(idle("2026-09-18", 5, "1"), idle("2026-09-19", 6, "8"))))
                .idlest())
        .isEqualTo("Most stood idle on 19 September at 06:00 UTC: 8.0 accelerators.");
    assertThat(findings(idleIn(Stream.of())).idlest()).isEmpty();
  }

  private static PrintedRow idle(String day, int hour, String accelerators) {
    return Rows.row(
        "idle_calendar",
        "usage_date",
        LocalDate.parse(day),
        "hour_of_day",
        hour,
        "idle_accelerators",
        new BigDecimal(accelerators));
  }

  private static boolean isSunday(LocalDate day) {
    return day.getDayOfWeek().getValue() == 7;
  }

  private static Statement idleIn(Stream<PrintedRow> hours) {
    return Rows.with(Samples.plausible(), "idle_calendar", hours.toArray(PrintedRow[]::new));
  }

  private static PrintedRow idle(LocalDate day, int hour) {
    return idle(day.toString(), hour, hour == 3 ? "2" : "6");
  }

  @Test
  void freeAcceleratorsAndStrandedCpuStandApartAndSumToTheIdleCost() {
    Statement statement =
        Rows.with(
            Samples.plausible(),
            "idle_costs",
            part("g-01", "free_accelerators", "10.01"),
            part("g-02", "stranded", "0.50"));
    assertThat(web(statement))
        .contains("<td>CPU and memory beside accelerators</td><td class=\"n\">0.50</td>")
        .contains("<td>Idle cost of nodes</td><td class=\"n\">10.51</td>");
  }

  private static PrintedRow part(String line, String part, String cost) {
    return Rows.row(
        "idle_costs",
        "line_id",
        "2026-09/search/USD/" + line,
        "idle_part",
        part,
        "cost_shown",
        new BigDecimal(cost));
  }

  @Test
  void accountsForEveryProvisionedHour() {
    assertThat(hours(Samples.plausible()))
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
    assertThat(hours(Rows.with(Samples.single(), "accelerators", a)))
        .isEqualTo(
            "6.0 of 10.0 provisioned accelerator-hours were active, 3.0 held without use, 1.0"
                + " free.");
  }

  @Test
  void theChartOfIdleHoursLeavesOutHoursThatWereNotCounted() {
    PrintedRow counted = idleHour(1, new BigDecimal("3"));
    PrintedRow unknown = idleHour(2, null);
    IdleHoursChart chart =
        new IdleHoursChart(new FigureFormat(Locale.US), new StatementTexts(Locale.US), Chart.WIDTH);
    int scale = 6;
    assertThat(chart.chart(List.of(counted, unknown), List.of(), "").marks()).hasSize(1 + scale);
    assertThat(chart.chart(List.of(unknown), List.of(), "")).isNull();
  }

  private static PrintedRow idleHour(int hour, @Nullable BigDecimal accelerators) {
    return Rows.row(
        "idle_hours", "weekday", 1, "hour_of_day", hour, "idle_accelerators", accelerators);
  }

  private static String hours(Statement statement) {
    return new AcceleratorHours(
            statement, new FigureFormat(Locale.US), new StatementTexts(Locale.US))
        .lede();
  }
}
