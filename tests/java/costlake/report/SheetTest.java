package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
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
      XSSFSheet lines = book.getSheet("lines");
      assertThat(types(lines))
          .contains(CellType.STRING, CellType.NUMERIC)
          .doesNotContain(CellType.FORMULA);
      assertThat(lines.getRow(1).getCell(1).getStringCellValue()).isEqualTo("'=cmd|' /C calc'!A0");
      assertThat(lines.getRow(2).getCell(3).getNumericCellValue()).isEqualTo(-1.1);
      assertThat(lines.getRow(7).getCell(3)).as("unknown is not zero").isNull();
      Row total = book.getSheet("statements").getRow(1);
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
      XSSFSheet totals = book.getSheet("statements");
      assertThat(totals.getRow(0).getCell(3).getStringCellValue()).isEqualTo("Total, to the cent");
      assertThat(totals.getCTWorksheet().getAutoFilter().getRef()).isEqualTo("A1:E2");
      assertThat(totals.getPaneInformation().isFreezePane()).isTrue();
    }
    SheetHeadings english = new SheetHeadings(ENGLISH);
    assertThat(english.words("idle_cost_shown")).isEqualTo("Idle cost, to the cent");
    assertThat(SheetHeadings.format("coverage_ratio")).isEqualTo("0.0%");
    assertThat(SheetHeadings.format("idle_hours")).isEqualTo("#,##0.0##");
  }

  @Test
  void everyColumnHasAGermanHeading() {
    SheetHeadings german = new SheetHeadings(new StatementTexts(Locale.GERMANY));
    assertThat(german.words("idle_cost_shown")).isEqualTo("Leerlaufkosten, auf den Cent");
    assertThat(new StatementTexts(Locale.GERMANY).columns())
        .containsKeys(
            StatementPages.embedded().tables().values().stream()
                .flatMap(table -> table.columns().stream())
                .map(column -> column.replaceFirst("_shown$", ""))
                .toArray(String[]::new))
        .containsKeys("group_kind", "group_name", "team_name", "billing_month", "total");
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
      assertThat(summary.createDrawingPatriarch().getCharts())
          .singleElement()
          .satisfies(
              chart -> assertThat(chart.getTitleText().getString()).isEqualTo("Month by month"));
    }
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
