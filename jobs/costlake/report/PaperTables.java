package costlake.report;

import java.util.List;

/**
 * Marks long tables for the style sheet. A long table may break between two rows. Its last rows and
 * the note below it stay on one sheet.
 */
final class PaperTables {
  private static final int SHORT_ROWS_MAX = 5;
  private static final int ROWS_TOGETHER = 3;

  private PaperTables() {}

  /**
   * Returns the page without the rows that say nothing: behind the name, all their cells are
   * dashes.
   */
  static String withoutDashes(String html) {
    return HtmlTable.replaced(
        html, table -> table.without(row -> !row.isTotal() && isDashes(row.cells())));
  }

  private static boolean isDashes(List<HtmlTable.Cell> cells) {
    List<String> said =
        cells.stream()
            .skip(1)
            .filter(cell -> !cell.isLine())
            .map(cell -> cell.html().strip())
            .filter(text -> !text.isEmpty())
            .toList();
    return !said.isEmpty() && said.stream().allMatch(FigureFormat.UNKNOWN::equals);
  }

  /** Returns the page whose long tables have the class {@code long}. */
  static String marked(String html) {
    return HtmlTable.replaced(
        html, table -> table.rows().size() > SHORT_ROWS_MAX ? marked(table) : table.html());
  }

  /** Puts the last rows into a body of their own, which a sheet does not divide. */
  private static String marked(HtmlTable table) {
    List<HtmlTable.Row> rows = table.rows();
    int end = rows.get(rows.size() - ROWS_TOGETHER).start();
    return "<table class=\"rows%s long%s\">%s<tbody>%s</tbody><tbody class=\"end\">%s</tbody></table>%s"
        .formatted(
            table.classes(),
            table.note().isEmpty() ? "" : " noted",
            table.head().stripTrailing(),
            table.body().substring(0, end),
            table.body().substring(end),
            table.note().strip().replaceFirst("note", "note under"));
  }
}
