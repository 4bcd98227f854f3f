package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.build.Build;
import costlake.core.Failure;
import costlake.model.Contract;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.page.PageTable;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** The files of the pages: those of the program, a further one, and wrong ones. */
class StatementPagesTest {
  private static final StatementPages PAGES = StatementPages.embedded();
  private static final Graph MODELS = Models.below(Path.of(".")).compile();

  private static Model model(String relation) {
    return MODELS.model(RelationName.parse(relation));
  }

  @Test
  void aStatementHasSixSheetsAndAnAppendix() {
    assertThat(PAGES.pages())
        .filteredOn(page -> !page.appendix())
        .extracting(StatementPages.Page::name)
        .containsExactly("summary", "teams", "changes", "accelerators", "training", "serving");
    assertThat(PAGES.pages().subList(6, PAGES.pages().size()))
        .allMatch(StatementPages.Page::appendix)
        .extracting(StatementPages.Page::name)
        .containsExactly("tables", "shared", "quality", "definitions");
  }

  @Test
  void everyTableOfStatementsIsOnAPage() {
    assertThat(PAGES.tables().values())
        .extracting(PageTable::relation)
        .containsExactlyInAnyOrderElementsOf(
            MODELS.order().stream()
                .map(each -> each.name().toString())
                .filter(name -> name.matches("reporting\\.(statement_.*|events)"))
                .toList());
  }

  @Test
  void everyColumnOfAPageIsOneOfItsTable() {
    PAGES
        .tables()
        .forEach(
            (name, table) ->
                assertThat(model(table.relation()).contract().columnNames())
                    .as(name)
                    .containsAll(table.columns())
                    .containsAll(table.order()));
  }

  /** Sheets are attached to statements and have all columns of their table. */
  @Test
  void everyColumnOfATableIsInItsSheet() {
    PAGES
        .tables()
        .forEach(
            (name, table) -> {
              List<String> columns = model(table.relation()).contract().columnNames();
              assertThat(SheetColumns.of("team", columns, table.columns()).names())
                  .as(name)
                  .startsWith("billing_month", "team_id", "billing_currency")
                  .hasSize(columns.size() - 2);
            });
  }

  @Test
  void aSheetNamesItsReceiverInOneColumn() {
    List<String> totals =
        List.of(
            "billing_month",
            "receiver_kind",
            "receiver_id",
            "team_id",
            "billing_currency",
            "receiver_name",
            "cost_centre",
            "teams",
            "total_cost");
    assertThat(SheetColumns.of("team", totals, totals).names())
        .containsExactly(
            "billing_month",
            "team_id",
            "billing_currency",
            "team_name",
            "cost_centre",
            "total_cost");
    assertThat(SheetColumns.of("company", totals, totals).names())
        .containsExactly(
            "billing_month",
            "group_id",
            "billing_currency",
            "group_kind",
            "group_name",
            "teams",
            "total_cost");
  }

  /**
   * The file has the columns of {@code reporting.*} in version 1, which attached all of them to
   * issued statements. The content hash of a statement covers the order of columns. Later columns
   * may stand between them.
   */
  @Test
  void everySheetHasTheColumnsOfVersion1InTheirOrder() {
    Map<String, List<String>> today = new TreeMap<>();
    for (String kind : List.of("team", "company")) {
      List<String> totals = model("reporting.statements").contract().columnNames();
      today.put(
          SheetColumns.sheet(kind, "statements"), SheetColumns.of(kind, totals, totals).names());
      for (PageTable table : PAGES.tables().values()) {
        List<String> columns = model(table.relation()).contract().columnNames();
        today.put(
            SheetColumns.sheet(kind, table.table()),
            SheetColumns.of(kind, columns, table.columns()).names());
      }
    }
    Map<String, List<String>> version1 = sheetsOfVersion1();
    assertThat(today.keySet()).hasSizeGreaterThanOrEqualTo(20).containsAll(version1.keySet());
    version1.forEach(
        (sheet, columns) ->
            assertThat(today.get(sheet).stream().filter(columns::contains))
                .as(sheet)
                .containsExactlyElementsOf(columns));
  }

  private static Map<String, List<String>> sheetsOfVersion1() {
    return text("version_1/sheets.txt")
        .lines()
        .map(line -> line.split(": "))
        .collect(Collectors.toMap(line -> line[0], line -> List.of(line[1].split(", "))));
  }

  /** Headings name the currency of amounts, and of nothing else. */
  @Test
  void amountsInTheCurrencyOfTheBillAreKnownByTheirNames() {
    for (PageTable table : PAGES.tables().values()) {
      for (Contract.Column column : model(table.relation()).contract().columns()) {
        if (column.type().startsWith("decimal") || column.type().equals("int")) {
          boolean isMoney = column.unit() != null && column.unit().startsWith("billing_currency");
          assertThat(SheetHeadings.isMoney(column.name()))
              .as("%s.%s", table.table(), column.name())
              .isEqualTo(isMoney);
        }
      }
    }
  }

  /** Issued statements have these names in their PDF. */
  @Test
  void aSheetHasTheNameOfItsTableInVersion1() {
    assertThat(SheetColumns.sheet("team", "statements")).isEqualTo("statements");
    assertThat(SheetColumns.sheet("team", "statement_lines")).isEqualTo("statement_lines");
    assertThat(SheetColumns.sheet("company", "statements")).isEqualTo("group_statements");
    assertThat(SheetColumns.sheet("cost_centre", "statement_lines")).isEqualTo("group_lines");
  }

  @Test
  void theColumnsThatNameAStatementComeFirstAlsoIfTheTableGotThemLater() {
    List<String> grown =
        List.of(
            "billing_month",
            "team_id",
            "billing_currency",
            "cost_centre",
            "total_cost",
            "receiver_kind",
            "receiver_id",
            "receiver_name");
    assertThat(SheetColumns.of("team", grown, grown).names())
        .containsExactly(
            "billing_month",
            "team_id",
            "billing_currency",
            "team_name",
            "cost_centre",
            "total_cost");
  }

  @Test
  void aFurtherPageReadsItsTableAndIsInItsPlace() {
    StatementPages pages = with("budgets.yml", madeUp());
    StatementDocument document =
        new Statements(pages, receiver -> Locale.US)
            .of(
                StatementPagesTest::table,
                YearMonth.of(2026, 9),
                Optional.of("search"),
                team -> StatementStatus.preliminary(1))
            .get(0);
    String html = new String(document.html(), StandardCharsets.UTF_8);
    assertThat(html)
        .contains("<h1 id=\"budgets-USD\">Budgets</h1>")
        .contains(
            "<tr id=\"2026-09/search/USD/bu-01\"><td>Training</td><td class=\"n\">1,250.50</td>")
        .contains("<td class=\"id\">bu-01</td>")
        .contains("The largest budget is that of Training: 1,250.50.");
    assertThat(html.indexOf(">Budgets<"))
        .as("place 65 is before the page of data quality")
        .isLessThan(html.indexOf(">Data quality<"));
    assertThat(document.pdf()).isNotEmpty();
  }

  /**
   * A month that was closed before the page existed has a table without rows and without columns.
   */
  @Test
  void aFurtherPageLeavesTheStatementsOfClosedMonthsAsTheyAre() {
    StatementPages pages = with("budgets.yml", madeUp());
    assertThat(hash(pages, StatementPagesTest::closed))
        .isEqualTo(hash(PAGES, StatementPagesTest::closed))
        .isNotEqualTo(hash(pages, StatementPagesTest::table));
  }

  private static Dataset<Row> closed(String name) {
    return name.equals("statement_budgets") ? table("statements").where("false") : table(name);
  }

  private static String hash(StatementPages pages, Function<String, Dataset<Row>> tables) {
    return new Statements(pages, receiver -> Locale.US)
        .of(
            tables,
            YearMonth.of(2026, 9),
            Optional.of("search"),
            team -> StatementStatus.preliminary(1))
        .get(0)
        .contentHash();
  }

  @Test
  void aPageAppearsOnlyIfItsConditionHolds() {
    StatementPages pages = with("budgets.yml", madeUp());
    Statement none = Samples.single();
    Map<String, List<PrintedRow>> tables = new TreeMap<>(none.tables());
    tables.put("budgets", List.of());
    String html =
        new Pages(pages, Locale.US)
            .web(List.of(new Statement(none.head(), tables)), StatementStatus.preliminary(1));
    assertThat(html).contains("Data quality").doesNotContain("id=\"budgets-USD\"");
  }

  @Test
  void aWrongFileIsReportedWithItsPlace() {
    assertThatThrownBy(() -> with("a.yml", "titel: Budgets\nplace: 65\n"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("reports/pages/a.yml:1")
        .hasMessageContaining("unknown key 'titel'. Did you mean 'title'?");
    assertThatThrownBy(() -> with("a.yml", madeUp().replace("      subject: budget_name\n", "")))
        .hasMessageContaining("an explanation needs 'subject', 'label' and 'sums'");
  }

  @Test
  void mistakesThatSeveralKeysShowAreReported() {
    refused(
        "  budgets:\n", "  pools:\n", "shared.yml: name 'pools' is also in reports/pages/a.yml");
    refused(
        "table: statement_budgets",
        "table: statement_pools",
        "shared.yml: table statement_pools is also in reports/pages/a.yml");
    refused("place: 65", "place: 60", "shared.yml: place 60 is also in reports/pages/a.yml");
    refused("sheet: 100", "sheet: 70", "shared.yml: sheet 70 is also in reports/pages/a.yml");
    refused(
        madeUp().substring(madeUp().indexOf("    lines:"), madeUp().indexOf("    explain:")),
        "    order: [position]\n    columns: [position, budget_name]\n",
        "a.yml: 'budgets' has no line_id, which 'explain' needs");
    refused(
        "sheet: 100",
        "sheet: 100\n    title: Events",
        "summary.yml: title 'Events' is also in reports/pages/a.yml");
    refused(
        "sheet: 100",
        "sheet: 100\n    title: Budgets of all teams and projects",
        "a.yml: the title 'Budgets of all teams and projects' has more than 31 characters");
    refused(
        "sheet: 100",
        "sheet: 100\n    codes: {budget_nam: kinds}",
        "a.yml: 'codes' of 'budgets' names 'budget_nam', which is not in its columns. Did you mean"
            + " 'budget_name'?");
    refused(
        "sheet: 100",
        "sheet: 100\n    codes: {budget_name: kind}",
        "a.yml: 'codes' of 'budgets' names the list 'kind', which reports/codes.yml does not have."
            + " Did you mean 'kinds'?");
    refused(
        "      subject: budget_name\n",
        "      subject: budget_name\n      by: events\n",
        "a.yml: 'by: events' is only for events, not for statement_budgets");
  }

  private static void refused(String right, String wrong, String message) {
    assertThat(madeUp()).contains(right);
    assertThatThrownBy(() -> with("a.yml", madeUp().replace(right, wrong)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("reports/pages/" + message);
  }

  @Test
  void aTemplateThatReadsAnUnknownTableOrColumnFails() {
    assertThatThrownBy(() -> Samples.single().rows("pool"))
        .hasMessageContaining("A page reads 'pool', but no file in reports/pages describes it.")
        .hasMessageContaining("Did you mean 'pools'?");
    PrintedRow line = Samples.single().rows("lines").get(0);
    assertThatThrownBy(() -> line.decimal("cost"))
        .hasMessageContaining("A page reads 'cost', but its file lists only these columns:");
  }

  private static StatementPages with(String name, String text) {
    TreeMap<String, String> texts = new TreeMap<>(Map.of(name, text));
    PAGES
        .pages()
        .forEach(page -> texts.put(page.name() + ".yml", resource("pages/" + page.name())));
    return StatementPages.of(texts);
  }

  private static String madeUp() {
    return resource("made_up/budgets") + "template: made_up/budgets\n";
  }

  private static String resource(String name) {
    return text(name + ".yml");
  }

  private static String text(String name) {
    try (InputStream in = StatementPagesTest.class.getResourceAsStream("/reports/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Returns a statement of 1.00, one budget, and no other rows. */
  private static Dataset<Row> table(String name) {
    SparkSession spark = SparkHarness.spark();
    if (name.equals("statement_budgets")) {
      return spark.sql(
          "select date'2026-09-01' as billing_month, 'team' as receiver_kind, 'search' as"
              + " receiver_id, 'search' as team_id, 'USD' as billing_currency, 1 as position,"
              + " '2026-09/search/USD/bu-01' as line_id, 'Training' as budget_name,"
              + " cast(1250.5 as decimal(38,2)) as budget_shown");
    }
    StructType columns = Build.spec(model("reporting." + name)).columns();
    return name.equals("statements")
        ? spark.sql("select " + total(columns))
        : spark.createDataFrame(List.of(), columns);
  }

  private static String total(StructType columns) {
    Map<String, String> known =
        Map.ofEntries(
            Map.entry("billing_month", "date'2026-09-01'"),
            Map.entry("receiver_kind", "'team'"),
            Map.entry("receiver_id", "'search'"),
            Map.entry("team_id", "'search'"),
            Map.entry("billing_currency", "'USD'"),
            Map.entry("company_name", "'Example'"),
            Map.entry("contact", "'a@example.com'"),
            Map.entry("dispute_until", "date'2026-10-15'"),
            Map.entry("billed_until", "date'2026-09-30'"),
            Map.entry("total_shown", "1.00"),
            Map.entry("billed_shown", "1.00"));
    return java.util.Arrays.stream(columns.fields())
        .map(
            field ->
                "cast(%s as %s) as %s"
                    .formatted(
                        known.getOrDefault(field.name(), "null"),
                        field.dataType().sql(),
                        field.name()))
        .collect(Collectors.joining(", "));
  }
}
