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
import org.jspecify.annotations.Nullable;

/**
 * Writes a statement as a workbook: a summary with a chart for each currency, and one sheet for
 * each reporting table, with words in place of codes. Numbers keep all digits. Text that a
 * spreadsheet would run as a formula gets an apostrophe in front; the only formulas are the sums
 * and changes of the summary.
 */
final class XlsxWriter {
  private static final int WIDTH_MIN = 10;
  private static final int WIDTH_MAX = 44;

  private XlsxWriter() {}

  static byte[] xlsx(
      String title, List<SummarySheet> summaries, List<Sheet> sheets, StatementTexts words) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    List<SheetChart> charts = new ArrayList<>();
    try (Workbook book = new Workbook(bytes, "Costlake", "1.0")) {
      book.properties().setTitle(title);
      for (SummarySheet summary : summaries) {
        charts.add(summary.write(book.newWorksheet(summary.name())));
      }
      for (Sheet sheet : sheets) {
        fill(book.newWorksheet(words.say(sheet.words().title())), sheet, words);
      }
    } catch (IOException e) {
      throw Failure.internal(e, "Cannot write the workbook '%s': %s", title, e.getMessage());
    }
    return SheetChart.added(bytes.toByteArray(), charts);
  }

  private static void fill(Worksheet page, Sheet sheet, StatementTexts words) {
    SheetHeadings headings = new SheetHeadings(words, sheet.columns(), sheet.currency());
    List<List<@Nullable Object>> rows = sheet.rowsInWords(words);
    int columns = sheet.columns().size();
    for (int c = 0; c < columns; c++) {
      String heading = headings.words(sheet.columns().get(c));
      page.value(0, c, heading);
      page.style(0, c).bold().wrapText(true).set();
      page.width(c, width(rows, c, heading));
    }
    page.freezePane(0, 1);
    page.setAutoFilter(0, 0, rows.size(), columns - 1);
    for (int r = 0; r < rows.size(); r++) {
      List<@Nullable Object> row = rows.get(r);
      for (int c = 0; c < row.size(); c++) {
        put(page, r + 1, c, row.get(c), sheet.columns().get(c));
      }
    }
  }

  private static int width(List<List<@Nullable Object>> rows, int column, String heading) {
    int longest =
        rows.stream()
            .map(row -> row.get(column))
            .mapToInt(value -> value instanceof String text ? text.length() : 0)
            .max()
            .orElse(0);
    return Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, Math.max(heading.length() / 2, longest) + 2));
  }

  private static void put(
      Worksheet page, int row, int column, @Nullable Object value, String name) {
    if (value instanceof LocalDate day) {
      page.value(row, column, day);
      page.style(row, column).format("yyyy-mm-dd").set();
    } else if (value instanceof BigDecimal decimal) {
      page.value(row, column, decimal);
      page.style(row, column).format(SheetHeadings.format(name)).set();
    } else if (value instanceof Number number) {
      page.value(row, column, number);
    } else if (value != null) {
      page.value(row, column, Sheet.text(value));
    }
  }
}
