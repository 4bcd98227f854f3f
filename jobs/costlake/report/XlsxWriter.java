package costlake.report;

import costlake.core.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Writes a statement as a workbook: a summary with a chart for each currency, and one sheet for
 * each reporting table. Numbers keep all digits. Text that a spreadsheet would run as a formula
 * gets an apostrophe in front; the only formulas are the sums and changes of the summary.
 */
final class XlsxWriter {
  private static final String TABLES = "statement_";
  private static final int WIDTH_MIN = 10;
  private static final int WIDTH_MAX = 44;

  private XlsxWriter() {}

  static byte[] xlsx(
      String title, List<SummarySheet> summaries, List<Sheet> sheets, StatementTexts words) {
    SheetHeadings headings = new SheetHeadings(words);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<SheetChart> charts = new ArrayList<>();
    try (Workbook book = new Workbook(bytes, "Costlake", "1.0")) {
      book.properties().setTitle(title);
      for (SummarySheet summary : summaries) {
        charts.add(summary.write(book.newWorksheet(summary.name())));
      }
      for (Sheet sheet : sheets) {
        fill(book.newWorksheet(sheet.name().replaceFirst("^" + TABLES, "")), sheet, headings);
      }
    } catch (IOException e) {
      throw Failure.internal(e, "Cannot write the workbook '%s': %s", title, e.getMessage());
    }
    return SheetChart.added(bytes.toByteArray(), charts);
  }

  private static void fill(Worksheet page, Sheet sheet, SheetHeadings headings) {
    int columns = sheet.columns().size();
    for (int c = 0; c < columns; c++) {
      String heading = headings.words(sheet.columns().get(c));
      page.value(0, c, heading);
      page.style(0, c).bold().wrapText(true).set();
      page.width(c, width(sheet, c, heading));
    }
    page.freezePane(0, 1);
    page.setAutoFilter(0, 0, sheet.rows().size(), columns - 1);
    for (int r = 0; r < sheet.rows().size(); r++) {
      List<Object> row = sheet.rows().get(r);
      for (int c = 0; c < row.size(); c++) {
        put(page, r + 1, c, row.get(c), sheet.columns().get(c));
      }
    }
  }

  private static int width(Sheet sheet, int column, String heading) {
    int longest =
        sheet.rows().stream()
            .map(row -> row.get(column))
            .mapToInt(value -> value instanceof String text ? text.length() : 0)
            .max()
            .orElse(0);
    return Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, Math.max(heading.length() / 2, longest) + 2));
  }

  private static void put(Worksheet page, int row, int column, Object value, String name) {
    if (value instanceof LocalDate day) {
      page.value(row, column, day);
      page.style(row, column).format("yyyy-mm-dd").set();
    } else if (value instanceof BigDecimal decimal) {
      page.value(row, column, decimal);
      page.style(row, column).format(SheetHeadings.format(name)).set();
    } else if (value instanceof Number number) {
      page.value(row, column, number);
    } else if (value instanceof Boolean is) {
      page.value(row, column, is);
    } else if (value != null) {
      page.value(row, column, Sheet.text(value));
    }
  }
}
