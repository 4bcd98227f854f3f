package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import costlake.page.PageTable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.FormulaEvaluator;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;

/** The rows of a statement, as other programs read them from CSV and XLSX. */
class SheetTest {
  private static final List<Sheet> SHEETS = Samples.sheets();
  private static final StatementTexts ENGLISH = new StatementTexts(Locale.US);

  @Test
  void writesEveryDigitAndNoFormulas() {
    assertThat(new String(SHEETS.get(0).csv(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            billing_month,team_id,total_cost,total_shown,previous_shown
            2026-09-01,search,143227.763678187615017991050,143227.76,
            """
                .replace("\n", "\r\n"));
    assertThat(new String(SHEETS.get(1).csv(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            line_id,name,members,effective_cost
            p-01,'=cmd|' /C calc'!A0,1,0.000000000000000000001
            p-02,'+SUM(A1:A9),1,-1.10
            p-03,'-2+3,1,5
            p-04,"'@HYPERLINK(""http://x"")",1,0
            p-05,"a ""quoted"", name
            of two lines",1,7.5
            p-06,-12.5,1,8
            p-07,,1,
            """
                .replace("\n", "\r\n")
                .replace("name\r\n", "name\n"));
  }

  @Test
  void writesAWorkbookOfNumbersAndTextWithoutFormulas() throws IOException {
    byte[] xlsx =
        XlsxWriter.xlsx("Search, statement of September 2026", List.of(), SHEETS, ENGLISH);
    try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(xlsx))) {
      assertThat(book.getProperties().getCoreProperties().getTitle())
          .isEqualTo("Search, statement of September 2026");
      assertThat(book.getNumberOfSheets()).isEqualTo(2);
      XSSFSheet lines = book.getSheet("Lines by breakdown");
      assertThat(types(lines))
          .contains(CellType.STRING, CellType.NUMERIC)
          .doesNotContain(CellType.FORMULA);
      assertThat(lines.getRow(1).getCell(1).getStringCellValue()).isEqualTo("'=cmd|' /C calc'!A0");
      assertThat(lines.getRow(2).getCell(3).getNumericCellValue()).isEqualTo(-1.1);
      assertThat(lines.getRow(7).getCell(3)).as("unknown is not zero").isNull();
      Row total = book.getSheet("Totals").getRow(1);
      assertThat(total.getCell(0).getLocalDateTimeCellValue()).isEqualTo("2026-09-01T00:00:00");
      assertThat(total.getCell(3).getCellStyle().getDataFormatString()).isEqualTo("#,##0.00");
    }
  }

  @Test
  void theBytesDoNotDependOnTheTime() throws IOException {
    byte[] xlsx = XlsxWriter.xlsx("Search", List.of(), SHEETS, ENGLISH);
    try (ZipInputStream parts = new ZipInputStream(new ByteArrayInputStream(xlsx))) {
      for (ZipEntry part = parts.getNextEntry(); part != null; part = parts.getNextEntry()) {
        assertThat(part.getTimeLocal()).as(part.getName()).isEqualTo("1980-01-01T00:00:00");
        assertThat(new String(parts.readAllBytes(), StandardCharsets.UTF_8))
            .as(part.getName())
            .doesNotContain("dcterms:created", "dcterms:modified");
      }
    }
  }

  @Test
  void headingsAreWordsAndRowsCanBeFiltered() throws IOException {
    byte[] xlsx = XlsxWriter.xlsx("Search", List.of(), SHEETS, ENGLISH);
    try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(xlsx))) {
      XSSFSheet totals = book.getSheet("Totals");
      assertThat(totals.getRow(0).getCell(3).getStringCellValue()).isEqualTo("Total");
      assertThat(totals.getCTWorksheet().getAutoFilter().getRef()).isEqualTo("A1:E2");
      assertThat(totals.getPaneInformation().isFreezePane()).isTrue();
    }
    SheetHeadings english = headings(ENGLISH, "USD");
    assertThat(english.words("idle_cost_shown")).isEqualTo("Idle cost (USD)");
    assertThat(english.words("idle_cost")).isEqualTo("Idle cost, unrounded (USD)");
    assertThat(english.words("effective_cost")).isEqualTo("Cost, unrounded (USD)");
    assertThat(english.words("benefit_shown")).isEqualTo("Benefit");
    assertThat(headings(ENGLISH, null).words("idle_cost_shown"))
        .as("rows in several currencies")
        .isEqualTo("Idle cost");
    assertThat(SheetHeadings.format("coverage_ratio")).isEqualTo("0.0%");
    assertThat(SheetHeadings.format("idle_hours")).isEqualTo("#,##0.0##");
    assertThat(SheetHeadings.format("input_tokens")).isEqualTo("#,##0");
    assertThat(SheetHeadings.format("cost_per_million_tokens")).isEqualTo("#,##0.00####");
  }

  private static SheetHeadings headings(StatementTexts words, String currency) {
    return new SheetHeadings(words, List.of("idle_cost", "idle_cost_shown"), currency);
  }

  @Test
  void everyColumnHasAGermanHeading() {
    StatementTexts words = new StatementTexts(Locale.GERMANY);
    SheetHeadings german = headings(words, "EUR");
    assertThat(german.words("idle_cost_shown")).isEqualTo("Leerlaufkosten (EUR)");
    assertThat(german.words("idle_cost")).isEqualTo("Leerlaufkosten, ungerundet (EUR)");
    assertThat(words.columns())
        .containsKeys(
            StatementPages.embedded().tables().values().stream()
                .flatMap(table -> table.columns().stream())
                .map(column -> column.replaceFirst("_shown$", ""))
                .toArray(String[]::new))
        .containsKeys("group_kind", "group_name", "team_name", "billing_month", "total");
  }

  /** Headings that are no words, e.g. Esr list, need a text of their own. */
  @Test
  void headingsHaveNoAbbreviations() {
    for (PageTable table : StatementPages.embedded().tables().values()) {
      SheetHeadings english = new SheetHeadings(ENGLISH, table.columns(), "USD");
      for (String column : table.columns()) {
        assertThat(english.words(column))
            .as(column)
            .doesNotContainPattern("\\b([Ee]sr|[Ss]ku|[Rr]oi|[Aa]pi|[Uu]sd)\\b")
            .doesNotContainPattern("(?i)\\b(is|ratio|per s)\\b|[a-z] id\\b|_");
      }
    }
  }

  @Test
  void noTwoSheetsHaveTheSameNameAndEachNameFits() {
    for (Locale locale : List.of(Locale.US, Locale.GERMANY)) {
      StatementTexts words = new StatementTexts(locale);
      List<String> names =
          Stream.concat(Stream.of("Summary", SheetWords.TOTALS.title()), titles())
              .map(words::say)
              .map(name -> name.toLowerCase(locale))
              .toList();
      assertThat(names)
          .hasSizeGreaterThan(30)
          .doesNotHaveDuplicates()
          .allMatch(name -> name.length() <= SheetWords.TITLE_MAX)
          .noneMatch(name -> name.matches(".*[\\[\\]:*?/\\\\].*"));
    }
  }

  private static Stream<String> titles() {
    return words().map(SheetWords::title);
  }

  /** Returns the words of the sheets that pages describe. */
  static Stream<SheetWords> words() {
    return StatementPages.embedded().tables().values().stream().map(SheetWords::of);
  }

  @Test
  void aSheetWithoutATitleHasTheNameOfItsTable() {
    assertThat(SheetWords.title("statement_project_budgets")).isEqualTo("Project budgets");
  }

  @Test
  void theWorkbookSaysCodesInWordsAndTheCsvKeepsThem() {
    Sheet sheet =
        new Sheet(
            "group_lines",
            SheetWords.of(StatementPages.embedded().tables().get("lines")),
            List.of("group_kind", "breakdown", "name", "billing_currency"),
            List.of(
                List.of("cost_centre", "bridge", "shared", "USD"),
                List.of("cost_centre", "project", "shared", "USD"),
                Arrays.asList("cost_centre", "project", null, "USD"),
                List.of("cost_centre", "owner", "last_resort", "USD")));
    assertThat(sheet.rowsInWords(ENGLISH))
        .containsExactly(
            List.of("Cost centre", "Kind of cost", "Shared services", "USD"),
            List.of("Cost centre", "Project", "shared", "USD"),
            Arrays.asList("Cost centre", "Project", null, "USD"),
            List.of("Cost centre", "Owner", "no rule: the owner of last resort", "USD"));
    assertThat(sheet.rowsInWords(new StatementTexts(Locale.GERMANY)).get(0))
        .startsWith("Kostenstelle", "Kostenart", "Gemeinsame Dienste");
    assertThat(new String(sheet.csv(), StandardCharsets.UTF_8))
        .contains("cost_centre,bridge,shared,USD");
  }

  @Test
  void saysFlagsNumbersOfWeekdaysAndCodesThatWereJoined() {
    assertThat(said("history", "is_split", true)).isEqualTo("yes");
    assertThat(said("events", "event", "measured")).isEqualTo("Telemetry began");
    assertThat(said("changes", "basis", "other")).isEqualTo("Everything else");
    assertThat(said("idle_hours", "weekday", 7)).isEqualTo("Sunday");
    assertThat(said("spot", "basis", "list price, no spot price"))
        .isEqualTo("by list price, no spot price");
    assertThat(said("value", "status", "measured")).isEqualTo("compared with its cost");
    assertThat(said("endpoints", "status", "no_traffic")).isEqualTo("no traffic");
    assertThat(said("value", "benefit_kind", "fewer_tickets")).isEqualTo("fewer tickets");
    assertThat(said("actions", "item_name", "idle")).as("no code").isEqualTo("idle");
  }

  private static Object said(String table, String column, Object value) {
    return SheetWords.of(StatementPages.embedded().tables().get(table))
        .value(column, value, null, ENGLISH);
  }

  @Test
  void theSummaryHasTheTotalAsOurOwnSumAndAChartOfTheMonths() throws IOException {
    Statement statement = Samples.plausible();
    byte[] xlsx =
        new Statements(Locale.US)
            .document(
                new StatementContent(List.of(statement), SHEETS), StatementStatus.preliminary(1))
            .xlsx();
    try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(xlsx))) {
      XSSFSheet summary = book.getSheetAt(0);
      assertThat(summary.getSheetName()).isEqualTo("Summary");
      assertThat(summary.getRow(1).getCell(0).getStringCellValue())
          .isEqualTo("Preliminary statement, no. 2026-09/search/USD");
      Cell total = summary.getRow(9).getCell(1);
      assertThat(total.getCellFormula()).isEqualTo("SUM(B5:B9)");
      FormulaEvaluator formulas = book.getCreationHelper().createFormulaEvaluator();
      assertThat(formulas.evaluate(total).getNumberValue())
          .isCloseTo(statement.head().total().doubleValue(), within(0.001));
      assertThat(summary.getRow(10).getCell(0).getStringCellValue()).isEqualTo("Cost of a day");
      assertThat(summary.getRow(10).getCell(1).getNumericCellValue())
          .isCloseTo(statement.perDay().doubleValue(), within(0.001));
      assertThat(summary.createDrawingPatriarch().getCharts())
          .singleElement()
          .satisfies(
              chart -> assertThat(chart.getTitleText().getString()).isEqualTo("Month by month"));
    }
  }

  @Test
  void theSummaryListsEventsActionsAndDays() throws IOException {
    Statement plain = Samples.plausible();
    Statement statement =
        Rows.with(
            Rows.with(plain, "actions", ActionSamples.all(plain.head())),
            "days",
            day("2026-08-31", "9.00", null),
            day("2026-09-01", "10.50", null),
            day("2026-09-02", "-3.00", "Refund of support"));
    byte[] xlsx =
        new Statements(Locale.US)
            .document(
                new StatementContent(List.of(statement), SHEETS), StatementStatus.preliminary(1))
            .xlsx();
    try (XSSFWorkbook book = new XSSFWorkbook(new ByteArrayInputStream(xlsx))) {
      List<String> rows = rows(book.getSheetAt(0));
      PrintedRow event = statement.rows("events").get(0);
      assertThat(rows)
          .contains("What happened | Change (USD) | Days | Line")
          .anyMatch(row -> row.endsWith(" | " + event.id()))
          .contains("Action | Would have saved (USD) | Who | Line")
          .containsSubsequence(
              "Day | USD |  | Largest credit, refund or correction",
              "2026-09-01 | 10.50",
              "2026-09-02 | -3.00 | Refund of support")
          .noneMatch(row -> row.startsWith("2026-08-31"));
      assertThat(rows.stream().filter(row -> row.contains("/do-"))).hasSize(5);
    }
  }

  private static PrintedRow day(String day, String cost, String booking) {
    return Rows.row(
        "days",
        "usage_date",
        LocalDate.parse(day),
        "cost_shown",
        new BigDecimal(cost),
        "booking",
        booking);
  }

  private static List<String> rows(XSSFSheet sheet) {
    DataFormatter format = new DataFormatter(Locale.US);
    List<String> rows = new ArrayList<>();
    for (Row row : sheet) {
      List<String> cells = new ArrayList<>();
      row.forEach(cell -> cells.add(format.formatCellValue(cell)));
      rows.add(String.join(" | ", cells));
    }
    return rows;
  }

  private static List<CellType> types(XSSFSheet sheet) {
    List<CellType> types = new ArrayList<>();
    for (Row row : sheet) {
      for (Cell cell : row) {
        types.add(cell.getCellType());
      }
    }
    return types;
  }
}
