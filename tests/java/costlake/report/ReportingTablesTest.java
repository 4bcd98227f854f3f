package costlake.report;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import costlake.testing.SparkHarness;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Which months of a table templates read, and which the sheet has. */
class ReportingTablesTest {
  private static final String PAGE =
      """
      title: Days
      place: 1
      tables:
        days:
          table: statement_days
          sheet: 1
          months: 2
          order: [usage_date]
          columns: [usage_date]
      """;

  @Test
  void templatesReadTheMonthBeforeAndTheSheetHasOnlyTheMonth() {
    StatementPages pages = StatementPages.of(new TreeMap<>(Map.of("a.yml", PAGE)));
    StatementContent content =
        new ReportingTables(pages, ReportingTablesTest::table)
            .content(YearMonth.of(2026, 9), Optional.empty())
            .get("search");
    assertThat(content.parts().get(0).rows("days"))
        .extracting(row -> row.day("usage_date"))
        .containsExactly(LocalDate.parse("2026-08-31"), LocalDate.parse("2026-09-01"));
    Sheet sheet = content.sheets().get(1);
    assertThat(sheet.name()).isEqualTo("statement_days");
    assertThat(sheet.rows())
        .containsExactly(
            List.of(LocalDate.parse("2026-09-01"), "search", "USD", LocalDate.parse("2026-09-01")));
  }

  /** The company reads the rows of teams in its currency, by the name for them; teams read none. */
  @Test
  void theCompanyReadsTheRowsOfAllTeams() {
    String page = PAGE.replace("months: 2", "team_rows: team_days");
    StatementPages pages = StatementPages.of(new TreeMap<>(Map.of("a.yml", page)));
    ReportingTables tables = new ReportingTables(pages, ReportingTablesTest::ofCompany);
    Statement company = tables.groups(YearMonth.of(2026, 9)).get("company.all").parts().get(0);
    assertThat(company.rows("team_days"))
        .extracting(row -> row.text("team") + " " + row.day("usage_date"))
        .containsExactly("Search 2026-09-01");
    assertThat(company.rows("days")).isEmpty();
    Statement team =
        tables.content(YearMonth.of(2026, 9), Optional.empty()).get("search").parts().get(0);
    assertThat(team.rows("team_days")).isEmpty();
  }

  @Test
  void totalsAreReadOnceForAllReceivers() {
    String page = PAGE.replace("months: 2", "team_rows: team_days");
    List<String> read = new ArrayList<>();
    new ReportingTables(
            StatementPages.of(new TreeMap<>(Map.of("a.yml", page))),
            name -> {
              read.add(name);
              return ofCompany(name);
            })
        .groups(YearMonth.of(2026, 9));
    assertThat(read).containsOnlyOnce("statements");
  }

  private static Dataset<Row> ofCompany(String name) {
    Dataset<Row> rows = table(name);
    if (!name.equals("statements")) {
      return rows.union(
          rows.withColumn("receiver_id", lit("euros")).withColumn("billing_currency", lit("EUR")));
    }
    return rows.union(
        rows.withColumn("receiver_kind", lit("company"))
            .withColumn("receiver_id", lit("company.all"))
            .withColumn("receiver_name", lit("Example")));
  }

  private static Dataset<Row> table(String name) {
    return SparkHarness.spark().sql(name.equals("statements") ? TOTAL : DAYS);
  }

  private static final String DAYS =
      """
      select trunc(usage_date, 'month') as billing_month, 'team' as receiver_kind, 'search' as receiver_id,
          'search' as team_id, 'USD' as billing_currency, usage_date
      from values (date'2026-07-31'), (date'2026-09-01'), (date'2026-08-31'), (date'2026-10-01') as days (usage_date)""";

  private static final String TOTAL =
      """
      select date'2026-09-01' as billing_month, 'team' as receiver_kind, 'search' as receiver_id, 'search' as team_id,
          'USD' as billing_currency, 'Search' as receiver_name, '4410' as cost_centre, 'Example' as company_name,
          'a@example.com' as contact, date'2026-10-15' as dispute_until, 1.00 as total_shown, 2.00 as previous_shown,
          1.00 as billed_shown, cast(null as decimal(38,2)) as workload_idle_shown,
          cast(null as string) as reporting_currency""";
}
