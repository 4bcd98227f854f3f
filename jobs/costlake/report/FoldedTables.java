package costlake.report;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Folds tables of the web page, each with the note below it, so that a page is short on a phone. A
 * folded table can still be searched and printed, and a reader can open it without JavaScript.
 *
 * <p>A table of several rows is folded on a phone, and one of more than {@value #SCREEN_ROWS_MAX}
 * rows everywhere. A table of the class {@code whole} is never folded.
 */
final class FoldedTables {
  private static final int PHONE_ROWS_MAX = 1;
  private static final int SCREEN_ROWS_MAX = 12;

  private final StatementTexts words;

  FoldedTables(StatementTexts words) {
    this.words = words;
  }

  /** Returns the page with folded tables. The summary of each states its rows and its total. */
  String folded(String html) {
    return HtmlTable.replaced(html, table -> isOpen(table) ? table.html() : fold(table));
  }

  private static boolean isOpen(HtmlTable table) {
    return table.isOf("whole") || rows(table) <= PHONE_ROWS_MAX;
  }

  private String fold(HtmlTable table) {
    return "<details class=\"fold%s\"><summary>%s%s</summary>%s</details>"
        .formatted(
            rows(table) > SCREEN_ROWS_MAX ? "" : " short",
            words.say("{0} rows", rows(table)),
            total(table).map(total -> " · " + total).orElse(""),
            table.html());
  }

  /** Returns the number of rows of a table without its heading and its total. */
  private static int rows(HtmlTable table) {
    return (int) table.rows().stream().filter(row -> !row.isTotal()).count();
  }

  /**
   * Returns the first figure of the total, after the heading of its column; the last of a matrix,
   * which sums its columns.
   */
  private static Optional<String> total(HtmlTable table) {
    return table.rows().stream()
        .filter(HtmlTable.Row::isTotal)
        .reduce((first, last) -> last)
        .map(row -> figures(row.cells(), table.headings()))
        .flatMap(all -> all.stream().reduce((first, last) -> table.isOf("matrix") ? last : first));
  }

  /**
   * Columns are counted from the right, because the first cell may span several. A table without a
   * head has no headings.
   */
  private static List<String> figures(List<HtmlTable.Cell> cells, List<String> headings) {
    int spanned = headings.size() - cells.size();
    return IntStream.range(0, cells.size())
        .filter(i -> cells.get(i).isFigure())
        .filter(i -> !cells.get(i).text().isEmpty())
        .mapToObj(i -> heading(headings, i + spanned) + cells.get(i).text())
        .toList();
  }

  private static String heading(List<String> headings, int column) {
    return column < 0 ? "" : headings.get(column) + " ";
  }
}
