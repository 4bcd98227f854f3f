package costlake.model;

import costlake.config.Origin;
import costlake.core.Message;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The letters of the ids of lines. Each table uses its own, so that an id names one line. */
public final class LineLetters {
  private static final Pattern LETTERS =
      Pattern.compile(
          "line_id\\(\"'(\\w+)'\"[,)]"
              + "|'letter', '(\\w+)'"
              + "|if\\([^()]*, '(\\w+)', '(\\w+)'\\) as letter");

  private final List<String> problems;

  /** Tables by the letters that they use. */
  private final Map<String, RelationName> users = new HashMap<>();

  /**
   * Starts without tables.
   *
   * @param problems receives a message for each letter that two tables use
   */
  LineLetters(List<String> problems) {
    this.problems = problems;
  }

  /** Returns the letters that a query gives to its lines. */
  public static Stream<String> of(String query) {
    return LETTERS
        .matcher(query)
        .results()
        .flatMap(found -> IntStream.rangeClosed(1, found.groupCount()).mapToObj(found::group))
        .filter(Objects::nonNull);
  }

  /**
   * Adds a table.
   *
   * @param place where its letters are written
   */
  void add(RelationName table, String query, Origin place) {
    of(query)
        .forEach(
            letter -> {
              RelationName other = users.putIfAbsent(letter, table);
              if (other != null) {
                problems.add(
                    Message.of(
                        """
                        Cannot build %s: its lines have the letter '%s', which is that of %s. Choose
                        another 'letter' (%s)
                        """,
                        table, letter, other, place));
              }
            });
  }
}
