package costlake.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Marks long tables for the style sheet. A long table may break between two rows. Its last rows and
 * the note below it stay on one sheet.
 */
final class PaperTables {
  private static final int SHORT_ROWS_MAX = 5;
  private static final int ROWS_TOGETHER = 3;
  private static final Pattern TABLE =
      Pattern.compile(
          "(?s)<table class=\"rows([^\"]*)\">(.*?</thead>)\\s*<tbody>(.*?)</tbody>"
              + "</table>(\\s*<p class=\"note\">)?");
  private static final Pattern ROW = Pattern.compile("<tr\\b");
  private static final Pattern LINE =
      Pattern.compile("(?s)<tr(?! class=\"total\")[^>]*><td.*?</tr>\\s*");
  private static final Pattern CELL = Pattern.compile("(?s)<td\\b([^>]*)>(.*?)</td>");

  private PaperTables() {}

  /**
   * Returns the page without the rows that say nothing: behind the name, all their cells are
   * dashes.
   */
  static String withoutDashes(String html) {
    return LINE.matcher(html)
        .replaceAll(row -> isDashes(row.group()) ? "" : Matcher.quoteReplacement(row.group()));
  }

  private static boolean isDashes(String row) {
    List<String> cells =
        CELL.matcher(row)
            .results()
            .skip(1)
            .filter(cell -> !cell.group(1).contains("class=\"id\""))
            .map(cell -> cell.group(2).strip())
            .filter(text -> !text.isEmpty())
            .toList();
    return !cells.isEmpty() && cells.stream().allMatch(FigureFormat.UNKNOWN::equals);
  }

  /** Returns the page whose long tables have the class {@code long}. */
  static String marked(String html) {
    return TABLE.matcher(html).replaceAll(PaperTables::marked);
  }

  private static String marked(MatchResult table) {
    String rows = table.group(3);
    List<Integer> starts = new ArrayList<>();
    ROW.matcher(rows).results().forEach(row -> starts.add(row.start()));
    return Matcher.quoteReplacement(
        starts.size() <= SHORT_ROWS_MAX
            ? table.group()
            : longTable(table, starts.get(starts.size() - ROWS_TOGETHER)));
  }

  /** Puts the last rows into a body of their own, which a sheet does not divide. */
  private static String longTable(MatchResult table, int end) {
    boolean noted = table.group(4) != null;
    String rows = table.group(3);
    return "<table class=\"rows%s long%s\">%s<tbody>%s</tbody><tbody class=\"end\">%s</tbody></table>%s"
        .formatted(
            table.group(1),
            noted ? " noted" : "",
            table.group(2),
            rows.substring(0, end),
            rows.substring(end),
            noted ? "<p class=\"note under\">" : "");
  }
}
