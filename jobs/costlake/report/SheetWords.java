package costlake.report;

import costlake.page.PageTable;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a workbook names a sheet, and which of its columns have codes.
 *
 * @param title English name of the sheet
 * @param codes list of the words of a column, see {@link CodeLists}
 * @param codesOfBreakdown the same for the rows of one breakdown, by its name
 */
record SheetWords(
    String title, Map<String, String> codes, Map<String, Map<String, String>> codesOfBreakdown) {
  /** Maximum length of a title: that of the name of a sheet. */
  static final int TITLE_MAX = 31;

  /** The words of the totals, which no page describes. */
  static final SheetWords TOTALS = new SheetWords("Totals", Map.of(), Map.of());

  private static final String KIND = "group_kind";
  private static final String KINDS = "receivers";
  private static final String FLAGS = "flags";

  /** Returns the words of the sheet with the rows of a table. */
  static SheetWords of(PageTable table) {
    return new SheetWords(
        table.title() == null ? title(table.table()) : table.title(),
        table.codes(),
        table.codesOfBreakdown());
  }

  /** Returns the title of a table without one: its name, e.g. "Budgets". */
  static String title(String table) {
    return SheetHeadings.english(table.replaceFirst("^statement_", ""));
  }

  /**
   * Returns a value as the workbook says it: a code in words, everything else as it is.
   *
   * @param breakdown breakdown of the row; null if it has none
   */
  @Nullable Object value(
      String column, @Nullable Object value, @Nullable Object breakdown, StatementTexts words) {
    String list = value instanceof Boolean ? FLAGS : list(column, breakdown);
    return value == null || list == null ? value : words.code(list, value.toString());
  }

  private @Nullable String list(String column, @Nullable Object breakdown) {
    if (column.equals(KIND)) {
      return KINDS;
    }
    Map<String, String> own =
        breakdown == null
            ? Map.of()
            : codesOfBreakdown.getOrDefault(breakdown.toString(), Map.of());
    return own.getOrDefault(column, codes.get(column));
  }
}
