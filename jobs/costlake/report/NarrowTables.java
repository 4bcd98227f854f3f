package costlake.report;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Adds the heading of its column to each cell of a table. On a phone the style sheet prints a row
 * as a card, with the heading above each figure.
 */
final class NarrowTables {
  private static final Pattern TABLE =
      Pattern.compile("(?s)<table class=\"rows([^\"]*)\">(.*?)</thead>");
  private static final Pattern HEADING = Pattern.compile("(?s)<th\\b[^>]*>(.*?)</th>");

  private NarrowTables() {}

  /** Returns the page whose tables state their headings as properties {@code --h1} and so on. */
  static String labelled(String html) {
    return TABLE.matcher(html).replaceAll(NarrowTables::labelled);
  }

  private static String labelled(MatchResult table) {
    List<String> headings =
        HEADING.matcher(table.group(2)).results().map(found -> text(found.group(1))).toList();
    String style =
        IntStream.range(0, headings.size())
            .mapToObj(i -> "--h%d:&quot;%s&quot;".formatted(i + 1, headings.get(i)))
            .collect(joining(";"));
    return Matcher.quoteReplacement(
        "<table class=\"rows%s\" style=\"%s\">%s</thead>"
            .formatted(table.group(1), style, table.group(2)));
  }

  private static String text(String heading) {
    return heading
        .replaceAll("<[^>]*>", "")
        .replace("\\", "\\\\")
        .replace("&quot;", "\\&quot;")
        .strip();
  }
}
