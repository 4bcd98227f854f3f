package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the first page says: total, days, events and actions. */
class SummaryPageTest {
  private static final FigureFormat FIGURES = new FigureFormat(Locale.US);
  private static final StatementTexts WORDS = new StatementTexts(Locale.US);
  private static final Statement PLAUSIBLE = Samples.plausible();
  private static final Statement.Head HEAD = PLAUSIBLE.head();

  private static SummaryFindings findings(Statement s) {
    return new SummaryFindings(s, FIGURES, WORDS);
  }

  private static EventBridge bridge(Statement s) {
    return new EventBridge(s, FIGURES, WORDS);
  }

  private static DailyChart.Drawing chart(Statement s, int width) {
    return new DailyChart(s, FIGURES, WORDS, width).chart();
  }

  private static PrintedRow event(int position, String event, String name, String change) {
    return EventSamples.event(HEAD, position, event, name, 5, 6, change);
  }

  private static Statement happened(PrintedRow... events) {
    return Rows.with(PLAUSIBLE, "events", events);
  }

  @Test
  void namesEventsWithTheirMoney() {
    assertThat(findings(PLAUSIBLE).sentences())
        .containsExactly(
            "Up 31,640 against August 2026; the calendar alone (30 days instead of 31): −12,296.",
            "p5.48xlarge i-0abc stood without work, 19–20 Sep: +20,101.",
            "g6.4xlarge i-0def is new, 8 Sep: +9,000.");
  }

  @Test
  void describesWhatTheBillCallsByACode() {
    String id = "arn:aws:bedrock:us-east-1:618204935646:application-inference-profile/a8dd51c4dee8";
    PrintedRow made = event(1, "new", "USE1-NovaPro-input-tokens a8dd51c4dee8", "20");
    PrintedRow named = event(2, "new", "TimedStorage-ByteHrs images", "30");
    PrintedRow price = event(3, "price", "USE1-NovaPro-input-tokens", "40");
    EventTexts texts = new EventTexts(PLAUSIBLE, FIGURES, WORDS);
    assertThat(texts.what(described(made, id, "1K input tokens of Nova Pro")))
        .isEqualTo("1K input tokens of Nova Pro is new");
    assertThat(texts.what(described(named, "images", "GB-month of storage")))
        .isEqualTo("images, GB-month of storage is new");
    assertThat(texts.what(described(price, null, "1K input tokens of Nova Pro")))
        .isEqualTo("Price of 1K input tokens of Nova Pro");
    assertThat(texts.what(described(made, id, null)))
        .as("no words in the bill, or a month closed before they were known")
        .isEqualTo("USE1-NovaPro-input-tokens a8dd51c4dee8 is new");
  }

  private static PrintedRow described(PrintedRow event, String id, String description) {
    return EventSamples.with(event, "resource_id", id, "sku_description", description);
  }

  /** Of 31,640 more, 16,000 is more than half of the net, but less than half of what rose. */
  @Test
  void saysMostOnlyOfMoreThanHalfOfTheSameSign() {
    PrintedRow half = event(1, "new", "a", "20000");
    PrintedRow other = event(2, "new", "b", "20000");
    PrintedRow fall = event(3, "ended", "c", "-8359.88");
    assertThat(findings(happened(half, other, fall)).sentences())
        .noneMatch(sentence -> sentence.contains("Most"));
    PrintedRow more = event(1, "new", "a", "20000.01");
    assertThat(findings(happened(more, other, fall)).sentences().get(1))
        .isEqualTo("Most of the change: a is new, 5–6 Sep: +20,000.");
    PrintedRow beyond = event(1, "new", "a", "31640.13");
    assertThat(findings(happened(beyond)).sentences().get(1))
        .as("a part is not larger than the whole")
        .isEqualTo("a is new, 5–6 Sep: +31,640.");
    PrintedRow large = event(1, "ended", "c", "-90000");
    assertThat(findings(happened(large)).sentences().get(1))
        .as("the total rose")
        .isEqualTo("c ended, 5–6 Sep: −90,000.");
  }

  @Test
  void withoutEventsSaysOnlyHowTheTotalChanged() {
    assertThat(findings(Samples.crowded()).sentences())
        .containsExactly("The same total as in the month before.");
    assertThat(findings(Samples.single()).sentences())
        .containsExactly("This is the first month on record: nothing to compare with.");
    assertThat(findings(Samples.hostile()).total())
        .startsWith(
            "Node capacity that nobody requested cost 792, 8.7\u00a0% of the total; accelerators"
                + " held without use cost 6,437. The largest project is");
  }

  @Test
  void theBridgeSumsToTheChangeAndLeavesOutWhatRoundsToNothing() {
    List<PrintedRow> events = new ArrayList<>(PLAUSIBLE.rows("events"));
    events.add(event(9, "credit", "nothing", "0.00"));
    List<EventBridge.Step> steps = bridge(happened(events.toArray(PrintedRow[]::new))).steps();
    assertThat(steps)
        .extracting(EventBridge.Step::what)
        .containsExactly(
            "30 days instead of 31",
            "p5.48xlarge i-0abc stood without work",
            "g6.4xlarge i-0def is new",
            "Price of p5.48xlarge −10.0\u00a0%",
            "Refund for an interrupted training job",
            "Everything else");
    assertThat(steps)
        .extracting(EventBridge.Step::days)
        .containsExactly("", "19–20 Sep", "8 Sep", "from 16 Sep on", "15 Sep", "");
    assertThat(sum(steps)).isEqualByComparingTo(HEAD.difference());
  }

  private static BigDecimal sum(List<EventBridge.Step> steps) {
    return steps.stream().map(EventBridge.Step::change).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Test
  void theFirstPageSumsTheSmallestOfManyEvents() {
    PrintedRow[] many =
        IntStream.rangeClosed(1, 9)
            .mapToObj(i -> event(i, "new", "node-" + i, String.valueOf(1000 - i)))
            .toArray(PrintedRow[]::new);
    EventBridge bridge = bridge(happened(many));
    assertThat(bridge.steps()).hasSize(7);
    assertThat(bridge.steps().get(6).what()).isEqualTo("Further events (3)");
    assertThat(bridge.steps().get(6).row()).as("a sum has no id").isNull();
    assertThat(bridge.steps().get(6).change()).isEqualByComparingTo("2976");
    assertThat(sum(bridge.further())).isEqualByComparingTo("2976");
    assertThat(bridge(PLAUSIBLE).further()).isEmpty();
  }

  @Test
  void anEventOfTheMonthBeforeWasNotRepeated() {
    PrintedRow refund =
        EventSamples.with(
            EventSamples.event(HEAD, 1, "refund", null, null, null, "300"),
            "cost",
            BigDecimal.ZERO);
    assertThat(findings(happened(refund)).sentences().get(1))
        .isEqualTo("Most of the change: Refund, not repeated: +300.");
    assertThat(chart(happened(refund), Chart.WIDTH).events()).isEmpty();
  }

  @Test
  void namesTheOtherTeamOfAHandOver() {
    PrintedRow left = EventSamples.with(event(1, "hand_over", "a", "-5"), "other_id", "platform");
    PrintedRow named = EventSamples.with(left, "other_name", "Platform & Data");
    PrintedRow came = event(2, "hand_over", "b", "5");
    assertThat(bridge(happened(left, named, came)).steps())
        .extracting(EventBridge.Step::what)
        .containsExactly(
            "a went to platform", "a went to Platform & Data", "b came from another team");
  }

  @Test
  void theChartHasABarForEachDayAndAnAverageForEachMonth() {
    DailyChart.Drawing chart = chart(PLAUSIBLE, Chart.WIDTH);
    assertThat(chart.bars()).hasSize(61);
    assertThat(chart.averages()).hasSize(2);
    assertThat(chart.months())
        .extracting(Chart.Label::text)
        .containsExactly("August: 12,296 a day × 31", "September: 13,760 a day × 30");
    assertThat(chart.text())
        .startsWith(
            "August 2026: 12,296 a day, September 2026: 13,760 a day; 19–20 Sep: p5.48xlarge");
    assertThat(chart.bars()).extracting(Chart.Mark::fill).contains(ChartColours.FALL);
    assertThat(coloured(chart)).as("two days without work, which cost as much as others").isZero();
  }

  private static long coloured(DailyChart.Drawing chart) {
    return chart.bars().stream().filter(bar -> bar.fill().equals(ChartColours.IDLE)).count();
  }

  private static PrintedRow[] days(String nineteenth, String fifteenth) {
    return EventSamples.days(HEAD).stream()
        .map(
            day ->
                switch (day.day("usage_date").toString()) {
                  case "2026-09-19" ->
                      EventSamples.day(day.day("usage_date"), new BigDecimal(nineteenth));
                  case "2026-09-15" ->
                      EventSamples.with(
                          EventSamples.day(day.day("usage_date"), new BigDecimal(fifteenth)),
                          "booking",
                          "Credit for a migration",
                          "booking_cost",
                          new BigDecimal("-2500"));
                  default -> day;
                })
        .toArray(PrintedRow[]::new);
  }

  /** The days of September cost 13,760 but two. */
  @Test
  void theChartColoursAndNamesOnlyDaysThatStandOut() {
    DailyChart.Drawing chart =
        chart(Rows.with(PLAUSIBLE, "days", days("12000", "11260")), Chart.WIDTH);
    assertThat(coloured(chart)).as("19 Sep is in the event, 20 Sep is flat").isEqualTo(1);
    assertThat(chart.events())
        .extracting(Chart.Label::text)
        .first()
        .isEqualTo("15 Sep: Credit for a migration, −2,500");
    assertThat(chart.events())
        .as("the refund of that day is not told beside it")
        .noneMatch(label -> label.text().contains("Refund"));
    DailyChart.Drawing flat =
        chart(Rows.with(PLAUSIBLE, "days", days("13000", "13000")), Chart.WIDTH);
    assertThat(coloured(flat)).isZero();
    assertThat(flat.events()).noneMatch(label -> label.text().contains("Credit"));
    DailyChart.Drawing deep =
        chart(Rows.with(PLAUSIBLE, "days", days("13000", "8000")), Chart.WIDTH);
    assertThat(deep.events())
        .as("a credit of 2,500 does not explain 5,760")
        .noneMatch(label -> label.text().contains("Credit"));
  }

  private static final PrintedRow EMPTY =
      EventSamples.with(
          EventSamples.event(HEAD, 1, "hand_over", "p5.48xlarge i-0abc", 19, 20, "-2235.06"),
          "reason",
          "without_work",
          "other_id",
          "platform",
          "other_name",
          "Platform",
          "cause",
          "run_ended",
          "run_id",
          "0a1b2c",
          "run_name",
          "detector-2026w38",
          "run_status",
          "failed",
          "run_user_id",
          "lena",
          "workload_id",
          "vision-train/detector-train-w38-0",
          "node_id",
          "ip-10-40-17-23",
          "accelerators",
          8,
          "accelerator_model",
          "H100 80GB",
          "empty_hours",
          new BigDecimal("48.000000000"),
          "ended_day",
          LocalDate.parse("2026-09-19"),
          "ended_time",
          "00:00");

  @Test
  void anEmptyNodeWhoseAcceleratorsAreNotCountedHasItsCause() {
    PrintedRow uncounted = EventSamples.with(EMPTY, "accelerators", null);
    assertThat(bridge(happened(uncounted)).steps().get(0).what())
        .startsWith("detector-2026w38 failed on 19 Sep at 00:00; ")
        .contains("stood without work");
  }

  @Test
  void anEmptyNodeHasItsCauseItsPayerAndAPlaceToLook() {
    PrintedRow paid =
        EventSamples.with(
            EMPTY,
            "event",
            "without_work",
            "other_name",
            "Vision",
            "change",
            new BigDecimal("2235.06"),
            "change_shown",
            new BigDecimal("2235.06"));
    List<EventBridge.Step> steps = bridge(happened(EMPTY, paid)).steps();
    assertThat(steps)
        .extracting(EventBridge.Step::what)
        .containsExactly(
            "detector-2026w38 failed on 19 Sep at 00:00; its 8 H100 80GB stood empty for 48 h, now"
                + " with Platform",
            "detector-2026w38 failed on 19 Sep at 00:00; its 8 H100 80GB stood empty for 48 h,"
                + " before with Vision");
    assertThat(steps)
        .extracting(EventBridge.Step::where)
        .containsOnly("vision-train/detector-train-w38-0 on ip-10-40-17-23, started by lena");
    assertThat(
            new EventBridge(
                    happened(EMPTY),
                    new FigureFormat(Locale.GERMANY),
                    new StatementTexts(Locale.GERMANY))
                .steps()
                .get(0)
                .what())
        .isEqualTo(
            "detector-2026w38 scheiterte am 19. Sept. um 00:00; seine 8 H100 80GB standen 48 h"
                + " leer, jetzt bei Platform");
  }

  @Test
  void aCommitmentNamesTheNodeThatWasDown() {
    PrintedRow unused =
        EventSamples.with(
            EventSamples.event(HEAD, 1, "unused_commitment", "p4d.24xlarge ri-1", 8, 10, "619.20"),
            "reason",
            "unused_commitment",
            "other_id",
            "assistant",
            "cause",
            "node_down",
            "node_id",
            "ip-10-40-18-64");
    PrintedRow price =
        EventSamples.event(HEAD, 2, "overlap", "p5.48xlarge i-0abc", 16, 30, "248.34");
    PrintedRow before = EventSamples.with(EMPTY, "cost", BigDecimal.ZERO, "cause", null);
    assertThat(bridge(happened(unused, price, before)).steps())
        .extracting(EventBridge.Step::what)
        .containsExactly(
            "ip-10-40-18-64 was down; p4d.24xlarge ri-1 was not used, before with assistant",
            "Counted in two rows: price of p5.48xlarge i-0abc",
            "p5.48xlarge i-0abc stood without work, now with Platform, not repeated");
  }

  @Test
  void withoutDaysOfTheMonthBeforeTheChartHasOneMonth() {
    PrintedRow day = EventSamples.day(LocalDate.parse("2026-09-30"), new BigDecimal("-4.50"));
    DailyChart.Drawing chart = chart(Rows.with(PLAUSIBLE, "days", day), Chart.WIDTH);
    assertThat(chart.bars()).hasSize(1);
    assertThat(chart.months()).hasSize(1);
    assertThat(chart(Rows.with(PLAUSIBLE, "days"), Chart.WIDTH)).isNull();
  }

  @Test
  void textsOfEventsNeverOverlapAndStayInside() {
    String wide = "東京東京東京東京東京東京東京東京東京東京東京東京";
    Statement s =
        happened(
            event(1, "without_work", "p5.48xlarge i-0123456789abcdef0", "3000"),
            event(2, "without_work", wide, "2000"),
            event(3, "without_work", "x".repeat(80), "1000"),
            event(4, "without_work", "not named", "10"));
    for (int width : List.of(Chart.WIDTH, Chart.NARROW)) {
      DailyChart.Drawing chart = chart(s, width);
      assertThat(chart.events()).hasSize(3);
      assertThat(chart.events()).extracting(label -> label.at().top()).doesNotHaveDuplicates();
      assertThat(chart.events())
          .allSatisfy(label -> assertThat(label.at().left()).isBetween(44.0, (double) width))
          .allSatisfy(label -> assertThat(label.at().top()).isGreaterThan(9));
    }
  }

  @Test
  void formatsDaysInOneOrderPerLanguage() {
    LocalDate first = LocalDate.parse("2026-05-19");
    LocalDate last = LocalDate.parse("2026-05-20");
    assertThat(
            Arrays.asList(Locale.US, Locale.UK, Locale.GERMANY).stream()
                .map(locale -> new FigureFormat(locale).days(first, last)))
        .containsExactly("19–20 May", "19–20 May", "19.–20. Mai");
    assertThat(FIGURES.days(first, first)).isEqualTo("19 May");
    assertThat(FIGURES.days(first, last.plusMonths(1))).isEqualTo("19 May–20 Jun");
  }

  private static Statement budgeted(String used, String remaining, String share, String since) {
    return Rows.with(
        PLAUSIBLE,
        "budget",
        Rows.row(
            "budget",
            "budget_id",
            "search",
            "budget_name",
            "Search <b>",
            "amount_shown",
            new BigDecimal("140000.00"),
            "cost_shown",
            new BigDecimal(used),
            "remaining_shown",
            new BigDecimal(remaining),
            "share_used",
            new BigDecimal(share),
            "year_from",
            LocalDate.parse(since),
            "year_amount_shown",
            new BigDecimal("260000.00"),
            "year_cost_shown",
            new BigDecimal("254740.95"),
            "year_share_used",
            new BigDecimal("0.979772885")));
  }

  private static String html(Statement statement, Locale locale) {
    return new String(
        new Statements(locale)
            .document(
                new StatementContent(List.of(statement), List.of()), StatementStatus.preliminary(1))
            .html(),
        StandardCharsets.UTF_8);
  }

  @Test
  void saysWhatIsLeftOfTheBudgetOfTheMonthAndOfTheYear() {
    Statement over = budgeted("143227.76", "-3227.76", "1.023055429", "2026-01-01");
    String html = html(over, Locale.US);
    assertThat(html)
        .doesNotContain("no budget set")
        .contains(
            "<div class=\"label up\">102.3\u00a0% of the budget</div>",
            "<p class=\"note\">Budget Search &lt;b&gt;: USD 140,000.00 for the month, 143,227.76 used,"
                + " 3,227.76 over. Since January 2026: 254,740.95 of 260,000.00, 98.0\u00a0%.</p>");
    assertThat(html(over, Locale.GERMANY))
        .contains(
            "102,3\u00a0% des Budgets",
            "140.000,00 für den Monat, 143.227,76 verbraucht, 3.227,76 darüber. Seit Januar 2026:");
  }

  @Test
  void aBudgetThatBeginsInTheMonthHasNoYearYet() {
    Statement left = budgeted("100000.00", "40000.00", "0.714285714", "2026-09-01");
    assertThat(html(left, Locale.US))
        .contains(
            "<div class=\"label\">71.4\u00a0% of the budget</div>",
            "for the month, 100,000.00 used, 40,000.00 left.</p>");
  }

  @Test
  void theWebPageHasAChartForPhones() {
    String html =
        new String(
            new Statements(Locale.US)
                .document(
                    new StatementContent(List.of(PLAUSIBLE), List.of()),
                    StatementStatus.preliminary(1))
                .html(),
            StandardCharsets.UTF_8);
    assertThat(html).contains("class=\"chart narrow\"", "class=\"chart broad\"");
    assertThat(html.split("no budget set", -1)).as("said once").hasSize(2);
    assertThat(html)
        .contains(
            "<tr id=\"2026-09/search/USD/do-02\">",
            "costlake explain 2026-09/search/USD/do-02</span>",
            "<td class=\"n\">2,679.94</td><td class=\"id\">do-02</td>");
  }
}
