package costlake.report;

import costlake.core.SpreadsheetFormulas;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one reporting table that belong to one receiver. Statements print the rounded figures
 * of these rows; the rows also have the unrounded figures.
 *
 * @param name name of the table, without its schema; for a cost centre and the company its name in
 *     version 1, e.g. {@code group_lines}
 * @param words how a workbook names the sheet and says its codes; CSV files have the codes
 * @param columns names, see {@link SheetColumns}
 * @param rows values in the order of the columns: text, numbers, dates, booleans, or null for
 *     unknown
 */
record Sheet(
    String name, SheetWords words, List<String> columns, List<List<@Nullable Object>> rows) {
  private static final String BREAKDOWN = "breakdown";
  private static final String CURRENCY = "billing_currency";

  /** Returns the rows with words in place of codes. */
  List<List<@Nullable Object>> rowsInWords(StatementTexts texts) {
    int breakdown = columns.indexOf(BREAKDOWN);
    return rows.stream()
        .map(row -> inWords(row, breakdown < 0 ? null : row.get(breakdown), texts))
        .toList();
  }

  private List<@Nullable Object> inWords(
      List<@Nullable Object> row, @Nullable Object breakdown, StatementTexts texts) {
    List<@Nullable Object> said = new ArrayList<>(row.size());
    for (int c = 0; c < row.size(); c++) {
      said.add(words.value(columns.get(c), row.get(c), breakdown, texts));
    }
    return said;
  }

  /** Returns the currency of the amounts; null if the rows have several. */
  @Nullable String currency() {
    int column = columns.indexOf(CURRENCY);
    List<@Nullable Object> found =
        column < 0 ? List.of() : rows.stream().map(row -> row.get(column)).distinct().toList();
    return found.size() == 1 ? (String) found.get(0) : null;
  }

  /**
   * Returns the rows as CSV in UTF-8 with a header. An unknown value is empty. Text that a
   * spreadsheet would run as a formula gets an apostrophe in front.
   */
  byte[] csv() {
    StringWriter out = new StringWriter();
    try (CsvWriter csv = CsvWriter.builder().quoteStrategy(QuoteStrategies.EMPTY).build(out)) {
      csv.writeRecord(columns);
      rows.forEach(row -> csv.writeRecord(row.stream().map(Sheet::text).toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Converts a value to text: decimals with all digits, and an apostrophe before text that a
   * spreadsheet would run as a formula. Returns null for null.
   */
  static @Nullable String text(@Nullable Object value) {
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof String text) {
      return SpreadsheetFormulas.inert(text);
    }
    return value == null ? null : value.toString();
  }
}
