package costlake.report;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table of figures on a page, as templates write it: {@code <table class="rows ...">}, with its
 * rows in one {@code <tbody>}. It may have a head, and a note below it.
 *
 * <p>Is read as text: a parser of HTML would write the page anew, and closed months must stay as
 * they were sent.
 *
 * @param classes the classes behind {@code rows}, each after a space
 * @param head HTML before the rows
 * @param body HTML of the rows
 * @param note HTML of the note, with the space before it; empty if there is none
 * @param html the whole, note included
 */
record HtmlTable(String classes, String head, String body, String note, String html) {
  private static final Pattern TABLE =
      Pattern.compile(
          "(?s)<table class=\"rows([^\"]*)\">(.*?)</table>(\\s*<p class=\"note\">.*?</p>)?");
  private static final Pattern PARTS = Pattern.compile("(?s)(.*?)<tbody>(.*)</tbody>\\s*");
  private static final Pattern HEADING = Pattern.compile("(?s)<th\\b[^>]*>(.*?)</th>");
  private static final Pattern ROW = Pattern.compile("(?s)<tr\\b.*?</tr>\\s*");
  private static final Pattern CELL = Pattern.compile("(?s)<td\\b([^>]*)>(.*?)</td>");
  private static final Pattern TAG = Pattern.compile("<[^>]*>");

  private static HtmlTable of(MatchResult found) {
    Matcher parts = PARTS.matcher(found.group(2));
    boolean hasBody = parts.matches();
    return new HtmlTable(
        found.group(1),
        hasBody ? parts.group(1) : found.group(2),
        hasBody ? parts.group(2) : "",
        Objects.requireNonNullElse(found.group(3), ""),
        found.group());
  }

  /** Returns the page with something else in place of each table and its note. */
  static String replaced(String page, Function<HtmlTable, String> replacement) {
    return TABLE
        .matcher(page)
        .replaceAll(found -> Matcher.quoteReplacement(replacement.apply(of(found))));
  }

  boolean isOf(String name) {
    return List.of(classes.split(" ")).contains(name);
  }

  /** Returns the texts of the headings, as HTML without tags; none if there is no head. */
  List<String> headings() {
    return HEADING.matcher(head).results().map(found -> text(found.group(1))).toList();
  }

  List<Row> rows() {
    return ROW.matcher(body).results().map(row -> new Row(row.start(), row.group())).toList();
  }

  /** Returns the HTML of the table and its note, without some rows. */
  String without(Predicate<Row> condition) {
    return rows().stream()
        .filter(condition)
        .map(Row::html)
        .reduce(html, (rest, row) -> rest.replace(row, ""));
  }

  private static String text(String html) {
    return TAG.matcher(html).replaceAll("").strip();
  }

  /**
   * A row of figures or a total.
   *
   * @param start its place in the body
   * @param html HTML of the row, with the space behind it
   */
  record Row(int start, String html) {
    boolean isTotal() {
      return html.startsWith("<tr class=\"total\"");
    }

    List<Cell> cells() {
      return CELL.matcher(html)
          .results()
          .map(found -> new Cell(found.group(1), found.group(2)))
          .toList();
    }
  }

  /**
   * A cell of a row.
   *
   * @param attributes its attributes, e.g. {@code class="n"}
   * @param html HTML between its tags
   */
  record Cell(String attributes, String html) {
    boolean isFigure() {
      return attributes.contains("class=\"n");
    }

    boolean isLine() {
      return attributes.contains("class=\"id\"");
    }

    /** Returns the text, as HTML without tags. */
    String text() {
      return HtmlTable.text(html);
    }
  }
}
