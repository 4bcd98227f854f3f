package costlake.report;

import costlake.core.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * Writes the rows of a statement as a workbook, one sheet for each reporting table. Numbers keep
 * all digits. Text that a spreadsheet would run as a formula gets an apostrophe in front.
 */
final class XlsxWriter {
  private static final String TABLES = "statement_";
  private static final String MONEY = "#,##0.00";
  private static final String SHARE = "0.0%";

  private XlsxWriter() {}

  static byte[] xlsx(String title, List<Sheet> sheets) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Workbook book = new Workbook(bytes, "Costlake", "1.0")) {
      book.properties().setTitle(title);
      for (Sheet sheet : sheets) {
        fill(book.newWorksheet(sheet.name().replaceFirst("^" + TABLES, "")), sheet);
      }
    } catch (IOException e) {
      throw Failure.internal(e, "Cannot write the workbook '%s': %s", title, e.getMessage());
    }
    return bytes.toByteArray();
  }

  private static void fill(Worksheet page, Sheet sheet) {
    for (int c = 0; c < sheet.columns().size(); c++) {
      page.value(0, c, sheet.columns().get(c));
      page.style(0, c).bold().set();
    }
    page.freezePane(0, 1);
    for (int r = 0; r < sheet.rows().size(); r++) {
      List<Object> row = sheet.rows().get(r);
      for (int c = 0; c < row.size(); c++) {
        put(page, r + 1, c, row.get(c), sheet.columns().get(c));
      }
    }
  }

  private static void put(Worksheet page, int row, int column, Object value, String name) {
    if (value instanceof LocalDate day) {
      page.value(row, column, day);
      page.style(row, column).format("yyyy-mm-dd").set();
    } else if (value instanceof BigDecimal decimal) {
      page.value(row, column, decimal);
      if (name.endsWith("_shown")) {
        page.style(row, column).format(MONEY).set();
      } else if (name.endsWith("ratio") || name.equals("roi")) {
        page.style(row, column).format(SHARE).set();
      }
    } else if (value instanceof Number number) {
      page.value(row, column, number);
    } else if (value instanceof Boolean is) {
      page.value(row, column, is);
    } else if (value != null) {
      page.value(row, column, Sheet.text(value));
    }
  }
}
