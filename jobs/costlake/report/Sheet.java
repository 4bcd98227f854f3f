package costlake.report;

import costlake.core.SpreadsheetFormulas;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.QuoteStrategies;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one reporting table that belong to one receiver. Statements print the rounded figures
 * of these rows; the rows also have the unrounded figures.
 *
 * @param name name of the table, without its schema; for a cost centre and the company its name in
 *     version 1, e.g. {@code group_lines}
 * @param columns names, see {@link SheetColumns}
 * @param rows values in the order of the columns: text, numbers, dates, booleans, or null for
 *     unknown
 */
record Sheet(String name, List<String> columns, List<List<@Nullable Object>> rows) {
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
