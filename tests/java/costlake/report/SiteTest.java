package costlake.report;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import costlake.explain.ExplanationStep;
import costlake.site.Site;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of a site: figures, links, hostile names and language. */
class SiteTest {
  private static final StatementStatus ISSUE = StatementStatus.preliminary(7);

  @TempDir Path folder;

  private List<PrintedRow> budgets = List.of();
  private List<PrintedRow> hours = List.of();

  private static StatementDocument document(Locale locale, Statement statement) {
    return new Statements(locale)
        .document(new StatementContent(List.of(statement), List.of()), ISSUE);
  }

  private static String line(String team) {
    return "2026-09/" + team + "/USD/b-01";
  }

  private static ExplanationStep tree(String line) {
    BigDecimal money = new BigDecimal("10.5");
    ExplanationStep charge = new ExplanationStep("charge <img src=x>", money, "USD", List.of());
    return new ExplanationStep(line + ": bridge <b>direct</b>", money, "USD", List.of(charge));
  }

  private List<Path> write(Locale locale, Statement... teams) {
    return Site.write(
        locale,
        java.util.Arrays.stream(teams).map(team -> document(locale, team)).toList(),
        List.of(document(locale, Samples.company())),
        documents ->
            documents.stream()
                .collect(
                    toMap(
                        StatementDocument::receiverId,
                        each -> Map.of(line(each.receiverId()), tree(line(each.receiverId()))))),
        new Guardrails(budgets, hours),
        folder);
  }

  private String page(String name) throws IOException {
    return Files.readString(folder.resolve("2026-09").resolve(name));
  }

  @Test
  void theOverviewLinksAllStatementsAndEachFolderIsIndependent() throws IOException {
    Statement plausible = Samples.plausible();
    Statement single = Samples.single();
    write(Locale.US, plausible, single);
    assertThat(page("index.html"))
        .contains("href=\"tiny/index.html\"", "href=\"company.all/index.html\"");
    String other = plausible.head().receiver().title();
    assertThat(page("tiny/index.html") + page("tiny/explain.html")).doesNotContain(other);
    assertThat(page("tiny/explain.html"))
        .contains("id=\"" + line("tiny") + "\"", "USD 10.50", "</b>, 1 part<")
        .doesNotContain(line("search"));
  }

  @Test
  void theOverviewStatesTheTotalsOfTheCompanyNotSumsOfRoundedOnes() throws IOException {
    Statement company = Samples.company();
    write(Locale.US, Samples.plausible(), Samples.single());
    String total = new FigureFormat(Locale.US).money(company.head().total());
    assertThat(page("index.html"))
        .contains(
            "2 teams, USD " + total + " in all; the invoices amount to 90,210.33",
            "<td>All teams</td><td></td><td class=\"n\">" + total);
  }

  @Test
  void theOverviewBeginsWithTheCompanyAndEachStatementHasItsChange() throws IOException {
    write(Locale.US, Samples.plausible(), Samples.single());
    assertThat(page("index.html"))
        .containsSubsequence(
            "The company and its cost centres",
            "<a href=\"company.all/index.html\">Example</a></td><td class=\"n\">90,210.33</td>",
            "<td class=\"n\">−0.9",
            "Statements of teams",
            "<td class=\"n\">412,807.14</td><td class=\"n\">+8.3",
            "<td>All teams</td><td></td><td class=\"n\">90,210.33</td><td class=\"n\">−0.9");
  }

  @Test
  void aStatementBeginsWithItsTotalAndLinksToItsPagesBelowIt() throws IOException {
    write(Locale.US, Samples.plausible());
    assertThat(page("search/index.html"))
        .containsSubsequence(
            "<main>", "<h1", "USD 412,807.14", "+8.3", "<nav", "class=\"findings\"", "</main>");
  }

  @Test
  void hostileNamesAreTextAndPagesLoadNothing() throws IOException {
    List<Path> files = write(Locale.US, Samples.hostile());
    assertThat(Files.readString(files.get(1))).contains(line("../../etc"));
    for (Path file : files) {
      assertThat(file.normalize()).startsWith(folder);
      String html = Files.readString(file);
      assertThat(html)
          .contains("Content-Security-Policy", "default-src &#39;none&#39;")
          .doesNotContain("<script>alert", "<b>direct", "<img src=x");
      assertThat(html.split("<script", -1)).hasSize(2);
      Matcher address = Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(html);
      while (address.find()) {
        assertThat(address.group(1)).doesNotContain(":");
      }
    }
  }

  @Test
  void printsInTheLanguageOfTheLocale() throws IOException {
    write(Locale.GERMANY, Samples.plausible());
    assertThat(page("index.html"))
        .contains("lang=\"de-DE\"", "Alle Teams", "data-search=\"Suche\"");
  }

  @Test
  void theMessageNamesAFolderThatCannotBeWritten() throws IOException {
    Files.writeString(folder.resolve("2026-09"), "in the way");
    assertThatThrownBy(() -> write(Locale.US, Samples.single()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("2026-09")
        .satisfies(e -> assertThat(((Failure) e).family()).isEqualTo(Failure.Family.OPERATOR));
  }

  private static PrintedRow budget(String name, String team, String measure) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("budget_name", name);
    values.put("team_id", team);
    values.put("scope_kind", team == null ? "company" : "team");
    values.put("scope_value", team);
    values.put("measure", measure);
    values.put("billing_currency", measure.equals("money") ? "USD" : null);
    values.put("period_start", LocalDate.parse("2026-07-01"));
    values.put("period_end", LocalDate.parse("2026-09-30"));
    values.put("amount", new BigDecimal("30000"));
    values.put("actual", new BigDecimal("33000.5"));
    values.put("remaining", new BigDecimal("-3000.5"));
    values.put("forecast", new BigDecimal("35000.00"));
    values.put("forecast_low", new BigDecimal("34000.00"));
    values.put("forecast_high", new BigDecimal("36000.00"));
    values.put("share_used", new BigDecimal("1.1"));
    values.put("burn_7_days", new BigDecimal("471.4286"));
    values.put("breach_at_burn", LocalDate.parse("2026-09-21"));
    return PrintedRow.of(values);
  }

  @Test
  void aDashboardHasTheBudgetsOfItsReceiverAndTheCompanyHasAll() throws IOException {
    budgets =
        List.of(
            budget("Search, quarter", "search", "money"),
            budget("Tiny <b>hours", "tiny", "accelerator_hours"),
            budget("Company, quarter", null, "money"));
    write(Locale.US, Samples.plausible(), Samples.single());
    assertThat(page("search/dashboard.html"))
        .contains("Search, quarter", "30,000", "33,000.50", "−3,000.50", "110.0", "35,000", "34,000 – 36,000", "21 September 2026")
        .doesNotContain("Tiny", "Company, quarter");
    assertThat(page("tiny/dashboard.html"))
        .contains("Tiny &lt;b&gt;hours", "accelerator hours")
        .doesNotContain("Search,");
    assertThat(page("company.all/dashboard.html"))
        .contains("Search, quarter", "Tiny &lt;b&gt;hours", "Company, quarter");
  }

  @Test
  void dashboardsAreLinkedAndLeadBackToTheirStatements() throws IOException {
    write(Locale.US, Samples.plausible(), Samples.single());
    assertThat(page("index.html")).contains("href=\"company.all/dashboard.html\"");
    assertThat(page("tiny/index.html")).contains("href=\"dashboard.html\"");
    assertThat(page("tiny/dashboard.html"))
        .contains("href=\"index.html\"", "USD 0.07", "no budget set");
  }

  private static PrintedRow day(String date, String cost) {
    return Rows.row(
        "days", "usage_date", LocalDate.parse(date), "cost_shown", new BigDecimal(cost));
  }

  /** The first days of August cost 40, and 100 with its last day; September has cost 75 of 80. */
  @Test
  void theMonthSoFarIsDrawnBesideTheMonthBeforeAndTheBudget() {
    Statement month =
        Rows.with(
            Rows.with(
                Samples.plausible(),
                "days",
                day("2026-08-01", "10"),
                day("2026-08-03", "30"),
                day("2026-08-31", "60"),
                day("2026-09-01", "25"),
                day("2026-09-30", "50")),
            "budget",
            Rows.row("budget", "amount_shown", new BigDecimal("80.00")));
    BurnChart.Drawing chart =
        new BurnChart(month, new FigureFormat(Locale.US), new StatementTexts(Locale.US), 680)
            .chart();
    assertThat(chart.text())
        .isEqualTo("Cost up to 30 September: 75, up to this day of August: 40. Budget: 80.");
    assertThat(chart.end().text()).isEqualTo("75");
    assertThat(chart.path().split(" L ")).hasSize(31);
    assertThat(chart.before().split(" L ")).hasSize(32);
    assertThat(chart.budget().text()).isEqualTo("Budget: 80");
  }

  @Test
  void aMonthWithoutCostByDayHasNoChart() {
    Statement none = Rows.with(Samples.plausible(), "days");
    assertThat(
            new BurnChart(none, new FigureFormat(Locale.US), new StatementTexts(Locale.US), 680)
                .chart())
        .isNull();
  }
}
