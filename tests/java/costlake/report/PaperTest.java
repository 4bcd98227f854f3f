package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What paper leaves to the workbook and the web, and that earlier editions have all of it. */
class PaperTest {
  private static final StatementStatus TODAY = StatementStatus.preliminary(7);
  private static final StatementStatus FIRST = TODAY.inEdition(1);
  private static final List<String> LEFT_OFF =
      List.of(
          "By provider <", "By environment <", "By service <", "What it fell on", "Average week");
  private static final String NOBODY = "(no tenant measured)";
  private static final String SMALL = "2 runs of less than 10 each";

  /** The end of a block that has a chart and nothing below it. */
  private static final String CHART_ALONE = "</svg></div>\n</div>";

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
        "<tr id=\"x\"><td>L4</td><td class=\"n\">–</td><td class=\"n\">–</td><td class=\"id\">g-1</td></tr>\n";
    String known =
        "<tr><td>H100</td><td class=\"n\">–</td><td class=\"n\">2.00</td><td class=\"id\">g-2</td></tr>\n";
    String reason = "<tr><td>run</td><td class=\"n\">–</td><td>no record</td></tr>\n";
    String total = "<tr class=\"total\"><td>All</td><td class=\"n\">–</td></tr></tbody></table>";
    assertThat(PaperTables.withoutDashes(head + known + dashes + reason + total))
        .isEqualTo(head + known + reason + total);
  }

  @Test
  void aChartAndItsTableAreOnOneSheet() {
    for (String heading : List.of("Kinds of cost", "what was added and taken away")) {
      assertThat(untilItsTable(paper(Samples.plausible(), TODAY), heading))
          .as(heading)
          .contains("<svg")
          .doesNotContain(CHART_ALONE);
      assertThat(untilItsTable(paper(Samples.plausible(), FIRST), heading)).contains(CHART_ALONE);
    }
  }

  private static String untilItsTable(String html, String heading) {
    String page = html.substring(html.indexOf(heading));
    return page.substring(0, page.indexOf("</table>"));
  }
}
