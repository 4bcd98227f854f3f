package costlake.report;

import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Pattern WHOLE = Pattern.compile("\\bwhole\\b");
  private static final Pattern MATRIX = Pattern.compile("\\bmatrix\\b");
  private static final Pattern TABLE =
      Pattern.compile(
          "(?s)<table class=\"rows([^\"]*)\">(.*?)</table>(\\s*<p class=\"note\">.*?</p>)?");
  private static final Pattern ROW = Pattern.compile("<tr\\b(?! class=\"total\")");
  private static final Pattern HEADING = Pattern.compile("(?s)<th\\b[^>]*>(.*?)</th>");
  private static final Pattern TOTAL = Pattern.compile("(?s)<tr class=\"total\">(.*?)</tr>");
  private static final Pattern CELL = Pattern.compile("(?s)<td\\b([^>]*)>(.*?)</td>");
  private static final String FIGURE = "class=\"n";
  private static final Pattern TAG = Pattern.compile("<[^>]*>");

  private final StatementTexts words;

  FoldedTables(StatementTexts words) {
    this.words = words;
  }

  /** Returns the page with folded tables. The summary of each states its rows and its total. */
  String folded(String html) {
    return TABLE
        .matcher(html)
        .replaceAll(table -> Matcher.quoteReplacement(isOpen(table) ? table.group() : fold(table)));
  }

  private static boolean isOpen(MatchResult table) {
    return WHOLE.matcher(table.group(1)).find() || rows(table) <= PHONE_ROWS_MAX;
  }

  private String fold(MatchResult table) {
    return "<details class=\"fold%s\"><summary>%s%s</summary>%s</details>"
        .formatted(
            rows(table) > SCREEN_ROWS_MAX ? "" : " short",
            words.say("{0} rows", rows(table)),
            total(table).map(total -> " · " + total).orElse(""),
            table.group());
  }

  /** Returns the number of rows of a table without its heading and its total. */
  private static int rows(MatchResult table) {
    String body = table.group(2).substring(table.group(2).indexOf("<tbody>") + 1);
    return (int) ROW.matcher(body).results().count();
  }

  /**
   * Returns the first figure of the total, after the heading of its column; the last of a matrix,
   * which sums its columns.
   */
  private static Optional<String> total(MatchResult table) {
    List<String> headings =
        HEADING.matcher(table.group(2)).results().map(heading -> text(heading.group(1))).toList();
    List<String> figures =
        TOTAL
            .matcher(table.group(2))
            .results()
            .reduce((first, last) -> last)
            .map(row -> figures(row.group(1), headings))
            .orElse(List.of());
    return figures.stream()
        .reduce((first, last) -> MATRIX.matcher(table.group(1)).find() ? last : first);
  }

  /** Columns are counted from the right, because the first cell may span several. */
  private static List<String> figures(String row, List<String> headings) {
    List<MatchResult> cells = CELL.matcher(row).results().toList();
    int spanned = Math.max(headings.size() - cells.size(), 0);
    return IntStream.range(0, cells.size())
        .filter(i -> cells.get(i).group(1).contains(FIGURE))
        .filter(i -> !text(cells.get(i).group(2)).isEmpty())
        .mapToObj(i -> headings.get(i + spanned) + " " + text(cells.get(i).group(2)))
        .toList();
  }

  private static String text(String html) {
    return TAG.matcher(html).replaceAll("").strip();
  }
}
