package costlake.house;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Checks that SQL writes casts and groups in the form that CONTRIBUTING.md requires. */
final class SqlStyle {
  private static final Pattern COMMENT = Pattern.compile("(?s)--[^\n]*|/\\*.*?\\*/|\\{#.*?#}");
  private static final Pattern TOKEN =
      Pattern.compile("(?s)\\{\\{.*?}}|\\{%.*?%}|'[^']*'|\"[^\"]*\"|`[^`]*`|::|\\w+|\\S");
  private static final Set<String> AFTER_KEYS =
      Set.of("having", "order", "window", "limit", "union", "intersect", "except", ";", ")");
  private static final Set<String> AFTER_COLUMNS = Set.of("from", ")");

  private final List<String> tokens;

  private SqlStyle(List<String> tokens) {
    this.tokens = tokens;
  }

  /** Returns a message for each cast or group that is not in the required form. */
  static List<String> findings(String sql) {
    List<String> tokens =
        TOKEN
            .matcher(COMMENT.matcher(sql).replaceAll(""))
            .results()
            .map(MatchResult::group)
            .toList();
    SqlStyle style = new SqlStyle(tokens);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      style.finding(i).ifPresent(found::add);
    }
    return found;
  }

  private Optional<String> finding(int i) {
    if (is(i, "::")) {
      return Optional.of("'::': write cast(... as ...)");
    }
    if (is(i, "string") && is(i + 1, "(")) {
      return Optional.of("'string(...)': write cast(... as string)");
    }
    if (is(i, "group") && is(i + 1, "by") && !is(i + 2, "all")) {
      List<List<String>> keys = items(i + 2, AFTER_KEYS);
      Set<String> columns = new HashSet<>();
      selected(i).forEach(item -> columns.addAll(names(item)));
      boolean ordinal = keys.stream().anyMatch(key -> key.get(0).matches("\\d+"));
      if (ordinal
          || keys.stream().allMatch(key -> names(key).stream().anyMatch(columns::contains))) {
        return Optional.of("'group by " + keys + "': write group by all");
      }
    }
    return Optional.empty();
  }

  private boolean is(int i, String word) {
    return i < tokens.size() && tokens.get(i).equalsIgnoreCase(word);
  }

  /** Returns the items of the select list to which the {@code group by} at this token belongs. */
  private List<List<String>> selected(int group) {
    int depth = 0;
    for (int i = group - 1; i >= 0 && depth >= 0; i--) {
      depth += is(i, ")") ? 1 : is(i, "(") ? -1 : 0;
      if (depth == 0 && is(i, "select")) {
        return items(i + 1, AFTER_COLUMNS);
      }
    }
    return List.of();
  }

  private List<List<String>> items(int from, Set<String> ends) {
    List<List<String>> items = new ArrayList<>(List.of(new ArrayList<>()));
    int depth = 0;
    for (int i = from; i < tokens.size(); i++) {
      String token = tokens.get(i).toLowerCase(Locale.ROOT);
      if (depth == 0 && ends.contains(token)) {
        break;
      }
      depth += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
      if (depth == 0 && token.equals(",")) {
        items.add(new ArrayList<>());
      } else {
        items.get(items.size() - 1).add(token);
      }
    }
    return items;
  }

  /**
   * Returns the names by which a {@code group by} can refer to an item: its text, its column
   * without the relation, and its alias.
   */
  private static Set<String> names(List<String> item) {
    int as = item.lastIndexOf("as");
    boolean aliased = as > 0 && as == item.size() - 2;
    List<String> expression = aliased ? item.subList(0, as) : item;
    Set<String> names = new HashSet<>(Set.of(String.join("", expression)));
    if (expression.size() == 3 && expression.get(1).equals(".")) {
      names.add(expression.get(2));
    }
    if (aliased) {
      names.add(item.get(as + 1));
    }
    return names;
  }
}
