package costlake.model;

import costlake.core.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds SQL that Spark accepts but that models must not contain. */
final class SqlScan {
  private static final Pattern TOKEN =
      Pattern.compile(
          "--[^\n]*|/\\*.*?\\*/|'(?:[^'\\\\]|\\\\.|'')*'|\"(?:[^\"\\\\]|\\\\.)*\"|`[^`]*`"
              + "|[A-Za-z_][A-Za-z_0-9]*|\\d[\\w.]*|[^\\s]",
          Pattern.DOTALL);

  /** Functions and clauses whose result may differ on each run. */
  private static final Set<String> NEVER =
      Set.of(
          "rand",
          "randn",
          "random",
          "randstr",
          "uniform",
          "uuid",
          "shuffle",
          "now",
          "current_timestamp",
          "current_date",
          "current_time",
          "current_timezone",
          "curdate",
          "localtimestamp",
          "current_user",
          "session_user",
          "monotonically_increasing_id",
          "spark_partition_id",
          "input_file_name",
          "input_file_block_start",
          "input_file_block_length",
          "approx_count_distinct",
          "approx_percentile",
          "percentile_approx",
          "approx_top_k",
          "tablesample");

  /**
   * Functions that return the values of several rows in any order. The query must sort this result.
   */
  private static final Set<String> LISTS =
      Set.of("collect_list", "collect_set", "array_agg", "listagg", "string_agg");

  private static final Set<String> PICKS =
      Set.of("first", "first_value", "last", "last_value", "any_value", "mode", "max_by", "min_by");

  private static final Set<String> SORTERS = Set.of("array_sort", "sort_array");

  /**
   * Operators and functions that divide. For wide decimals, Spark keeps only six digits after the
   * point.
   */
  private static final Set<String> DIVISIONS = Set.of("/", "div", "divide", "try_divide");

  /** A problem, with the line of the query. */
  record Finding(String what, int line) {}

  private record Token(String text, int line) {
    boolean is(String word) {
      return text.equalsIgnoreCase(word);
    }

    String lower() {
      return text.toLowerCase(Locale.ROOT);
    }
  }

  private final List<Token> tokens;

  private SqlScan(List<Token> tokens) {
    this.tokens = tokens;
  }

  static SqlScan of(String sql) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(sql);
    int line = 1;
    int at = 0;
    while (matcher.find()) {
      for (; at < matcher.start(); at++) {
        line += sql.charAt(at) == '\n' ? 1 : 0;
      }
      String text = matcher.group();
      if (!text.startsWith("--") && !text.startsWith("/*")) {
        tokens.add(new Token(text, line));
      }
    }
    return new SqlScan(tokens);
  }

  /** Finds the line of a {@code *} in the final projection. */
  Optional<Integer> finalStar() {
    int depth = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
      if (depth == 0 && token.is("select")) {
        Optional<Integer> star = starOf(i + 1);
        if (star.isPresent()) {
          return star;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Integer> starOf(int from) {
    int depth = 0;
    boolean start = true;
    for (int i = from; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
      if (depth < 0 || (depth == 0 && token.is("from"))) {
        return Optional.empty();
      }
      boolean qualified = i > from + 1 && tokens.get(i - 1).is(".");
      if (depth == 0 && token.is("*") && (start || qualified)) {
        return Optional.of(token.line());
      }
      start = depth == 0 && (token.is(",") || (start && token.is("distinct")));
    }
    return Optional.empty();
  }

  /** Finds functions whose result may differ for the same data. */
  List<Finding> nonDeterministic() {
    List<Finding> findings = new ArrayList<>();
    Deque<String> open = new ArrayDeque<>();
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.is("(")) {
        open.push(i == 0 ? "" : tokens.get(i - 1).lower());
      } else if (token.is(")") && !open.isEmpty()) {
        open.pop();
      } else if (!follows(i, ".")) {
        refusal(i, open).ifPresent(what -> findings.add(new Finding(what, token.line())));
      }
    }
    return findings;
  }

  /** Finds divisions that lose digits. */
  List<Finding> divisions() {
    return tokens.stream()
        .filter(token -> DIVISIONS.contains(token.lower()))
        .map(
            token ->
                new Finding(
                    Message.of(
                        """
                        '%s' loses digits of a quotient; write divided(amount, by) of
                        macros/arithmetic.sql
                        """,
                        token.lower()),
                    token.line()))
        .toList();
  }

  private Optional<String> refusal(int i, Deque<String> open) {
    String word = tokens.get(i).lower();
    boolean call = i + 1 < tokens.size() && tokens.get(i + 1).is("(");
    if (NEVER.contains(word)
        && (call || word.startsWith("current_") || word.equals("tablesample"))) {
      return Optional.of("'" + word + "' gives a different result on each run");
    }
    if (!call) {
      return Optional.empty();
    }
    if (LISTS.contains(word) && open.stream().noneMatch(SORTERS::contains) && !hasOrder(i + 1)) {
      return Optional.of(
          "'" + word + "' returns its values in any order; wrap it in array_sort(...)");
    }
    if (PICKS.contains(word) && !hasOrder(i + 1)) {
      return Optional.of(
          Message.of(
              "'%s' may return another row on each run; use min or max, or a window with order "
                  + "by",
              word));
    }
    return Optional.empty();
  }

  private boolean follows(int i, String text) {
    return i > 0 && tokens.get(i - 1).is(text);
  }

  /**
   * Whether {@code over} or {@code within} follows the call whose parenthesis opens at token {@code
   * i}.
   */
  private boolean hasOrder(int i) {
    int depth = 0;
    for (int j = i; j < tokens.size(); j++) {
      depth += tokens.get(j).is("(") ? 1 : tokens.get(j).is(")") ? -1 : 0;
      if (depth == 0) {
        int next = j + 1;
        while (next + 1 < tokens.size()
            && (tokens.get(next).is("ignore") || tokens.get(next).is("respect"))) {
          next += 2;
        }
        return next < tokens.size()
            && (tokens.get(next).is("over") || tokens.get(next).is("within"));
      }
    }
    return false;
  }
}
