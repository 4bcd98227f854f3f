package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What paper leaves to the workbook and the web, and that earlier editions have all of it. */
class PaperTest {
  private static final StatementStatus TODAY = StatementStatus.preliminary(7);
  private static final StatementStatus FIRST = TODAY.inEdition(1);
  private static final List<String> LEFT_OFF =
      List.of(
          "By provider <", "By environment <", "By service <", "What it fell on", "Average week");
  private static final String NOBODY = "(no tenant measured)";
  private static final String LIVES = "Training and inference over the life of a model";
  private static final String SMALL = "2 runs of less than 10 each";

  private static String paper(Statement statement, StatementStatus status) {
    return new Pages(StatementPages.embedded(), Locale.US).print(List.of(statement), status);
  }

  private static String web(Statement statement) {
    return new Pages(StatementPages.embedded(), Locale.US).web(List.of(statement), TODAY);
  }

  @Test
  void breakdownsThatFewReadAreOnTheWebAndInEarlierEditions() {
    Statement statement = withCalendar(Samples.plausible());
    assertThat(web(statement)).contains(LEFT_OFF);
    assertThat(paper(statement, FIRST)).contains(LEFT_OFF);
    assertThat(paper(statement, TODAY))
        .doesNotContain(LEFT_OFF)
        .contains("By provider, environment and service: in the workbook and on the web.");
  }

  private static Statement withCalendar(Statement statement) {
    return Rows.with(
        statement,
        "idle_calendar",
        Rows.row(
            "idle_calendar",
            "usage_date",
            statement.head().month(),
            "hour_of_day",
            3,
            "idle_accelerators",
            BigDecimal.TEN));
  }

  @Test
  void theScatterOfTheCompanyIsOnTheWebOnly() {
    Statement team = Samples.plausible();
    Statement company = new Statement(Samples.company().head(), team.tables());
    assertThat(web(company)).contains("Cost against metric");
    assertThat(paper(team, TODAY)).contains("Cost against metric");
    assertThat(paper(company, TODAY)).doesNotContain("Cost against metric");
    assertThat(paper(company, FIRST)).contains("Cost against metric");
  }

  @Test
  void tenantsAreLeftOutWhenNoTrafficNamesOne() {
    Statement serving = ServingSamples.serving();
    Statement nobody =
        Rows.with(
            serving,
            "tenants",
            serving.rows("tenants").stream()
                .filter(row -> row.textOrNull("tenant_id") == null)
                .toArray(PrintedRow[]::new));
    assertThat(nobody.rows("tenants")).isNotEmpty();
    assertThat(paper(serving, TODAY)).contains(NOBODY);
    assertThat(paper(nobody, TODAY)).doesNotContain(NOBODY);
    assertThat(paper(nobody, FIRST)).contains(NOBODY);
    assertThat(web(nobody)).contains(NOBODY);
  }

  @Test
  void runsOfAFewDollarsAreOneRow() {
    Statement statement =
        Rows.with(
            Samples.plausible(),
            "runs",
            run("large", "250.00"),
            run("first-small", "1.25"),
            run("second-small", "2.50"));
    assertThat(paper(statement, TODAY))
        .contains("large", SMALL, ">3.75<", ">253.75<")
        .doesNotContain("first-small", "second-small");
    assertThat(paper(statement, FIRST)).contains("first-small").doesNotContain(SMALL);
    assertThat(web(statement)).contains("first-small").doesNotContain(SMALL);
  }

  private static PrintedRow run(String id, String cost) {
    return Rows.row(
        "runs",
        "line_id",
        "2026-09/search/USD/r-" + id,
        "part",
        "run",
        "members",
        1,
        "run_id",
        id,
        "attempts",
        1,
        "cost_shown",
        new BigDecimal(cost));
  }

  @Test
  void aRowWhoseFiguresAreAllDashesSaysNothing() {
    String head = "<table class=\"rows\"><thead><tr><th>Model</th></tr></thead><tbody>";
    String dashes =
        "<tr id=\"x\"><td>L4</td><td class=\"n\">–</td><td class=\"n\">–</td><td"
            + " class=\"id\">g-1</td></tr>\n";
    String known =
        "<tr><td>H100</td><td class=\"n\">–</td><td class=\"n\">2.00</td><td"
            + " class=\"id\">g-2</td></tr>\n";
    String reason = "<tr><td>run</td><td class=\"n\">–</td><td>no record</td></tr>\n";
    String total = "<tr class=\"total\"><td>All</td><td class=\"n\">–</td></tr></tbody></table>";
    assertThat(PaperTables.withoutDashes(head + known + dashes + reason + total))
        .isEqualTo(head + known + reason + total);
  }

  @Test
  void aChartAndItsTableAreOnOneSheet() {
    String html = paper(withCalendar(Samples.plausible()), TODAY);
    for (String heading : List.of("Month by month", "By model", "When they stood idle")) {
      assertThat(held(html, heading)).as(heading).contains("<svg", "</table>");
    }
  }

  /** Returns the block around a heading that a sheet does not divide. */
  private static String held(String html, String heading) {
    int begin = html.lastIndexOf("<div class=\"held\">", html.indexOf("<h2>" + heading));
    int depth = 0;
    Matcher tags = Pattern.compile("<(/?)div\\b").matcher(html);
    for (boolean found = tags.find(begin); found; found = tags.find()) {
      depth += tags.group(1).isEmpty() ? 1 : -1;
      if (depth == 0) {
        return html.substring(begin, tags.start());
      }
    }
    return "";
  }

  @Test
  void livesThatBeganBeforeTheRecordsAreOnTheWebOnly() {
    Statement whole = Samples.plausible();
    Map<String, Object> later = new LinkedHashMap<>(whole.rows("model_life").get(0));
    later.put("complete_from", whole.head().month().minusMonths(1));
    Statement counted = Rows.with(whole, "model_life", PrintedRow.of(later));
    assertThat(paper(whole, TODAY)).contains(LIVES);
    assertThat(paper(counted, TODAY)).doesNotContain(LIVES);
    assertThat(paper(counted, FIRST)).contains(LIVES);
    assertThat(web(counted)).contains(LIVES);
  }
}
