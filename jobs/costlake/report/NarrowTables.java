package costlake.report;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Adds the heading of its column to each cell of a table. On a phone the style sheet prints a row
 * as a card, with the heading above each figure.
 */
final class NarrowTables {
  private NarrowTables() {}

  /** Returns the page whose tables state their headings as properties {@code --h1} and so on. */
  static String labelled(String html) {
    return HtmlTable.replaced(
        html, table -> table.headings().isEmpty() ? table.html() : labelled(table));
  }

  private static String labelled(HtmlTable table) {
    List<String> headings = table.headings();
    String style =
        IntStream.range(0, headings.size())
            .mapToObj(i -> "--h%d:&quot;%s&quot;".formatted(i + 1, quoted(headings.get(i))))
            .collect(joining(";"));
    String start = "<table class=\"rows%s\"".formatted(table.classes());
    return "%s style=\"%s\"%s".formatted(start, style, table.html().substring(start.length()));
  }

  private static String quoted(String heading) {
    return heading.replace("\\", "\\\\").replace("&quot;", "\\&quot;");
  }
}
