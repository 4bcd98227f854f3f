package costlake.build;

import costlake.config.Config;
import costlake.config.ReferenceLists;
import costlake.core.Nearest;
import costlake.land.read.ReferenceCsv;
import costlake.land.read.ReferenceCsv.ListRow;
import costlake.model.Input;
import costlake.model.ListRules;
import costlake.model.RelationName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Checks the rows of a reference list by the rules of models/inputs.yml. */
final class ListCheck {
  private static final Pattern TIME = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

  private final ListRules rules;
  private final Map<String, Set<String>> allowed = new TreeMap<>();

  private ListCheck(Config config, ListRules rules) {
    this.rules = rules;
    rules.values().forEach((column, values) -> allowed.put(column, new TreeSet<>(values)));
    rules.listed().forEach((column, list) -> allowed.put(column, keys(config, list)));
  }

  /**
   * Refuses the first row that is wrong.
   *
   * @throws costlake.core.Failure with exit code 2 that names its file and number, and what to do
   */
  static void refuseWrong(Config config, Input list, List<ListRow> rows) {
    if (list.rules().equals(ListRules.NONE)) {
      return;
    }
    ListCheck check = new ListCheck(config, list.rules());
    for (ListRow row : rows) {
      check
          .problem(row.values())
          .ifPresent(
              problem -> {
                throw row.refused(problem);
              });
    }
  }

  private static Set<String> keys(Config config, String list) {
    List<String> columns = ReferenceLists.columns(list).orElseThrow();
    Set<String> keys = new TreeSet<>();
    ConfigurationViews.listed(config, new RelationName("reference", list), Set.copyOf(columns))
        .forEach(row -> keys.add(ReferenceCsv.value(row.values(), columns.get(0))));
    return keys;
  }

  private Optional<String> problem(Map<String, String> row) {
    return Stream.of(
            first(rules.required(), column -> missing(row, column)),
            none(row),
            first(rules.patterns(), column -> pattern(row, column)),
            first(rules.groups(), column -> group(row, column)),
            first(rules.times(), column -> time(row, column)),
            alone(row),
            first(List.copyOf(rules.periods().keySet()), column -> period(row, column)),
            first(List.copyOf(allowed.keySet()), column -> unknown(row, column)))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<String> first(
      List<String> columns, Function<String, Optional<String>> problem) {
    return columns.stream().map(problem).flatMap(Optional::stream).findFirst();
  }

  private static Optional<String> missing(Map<String, String> row, String column) {
    return text(row, column).isEmpty()
        ? Optional.of("it has no " + column + ". Write one.")
        : Optional.empty();
  }

  private Optional<String> none(Map<String, String> row) {
    return !rules.anyOf().isEmpty() && rules.anyOf().stream().allMatch(c -> text(row, c).isEmpty())
        ? Optional.of(
            "it would hold for everything. Write at least one of %s."
                .formatted(String.join(", ", rules.anyOf())))
        : Optional.empty();
  }

  private static Optional<String> time(Map<String, String> row, String column) {
    String text = text(row, column);
    return text.isEmpty() || TIME.matcher(text).matches()
        ? Optional.empty()
        : Optional.of(
            "%s is '%s', not a time of day such as 08:30. Correct it.".formatted(column, text));
  }

  private Optional<String> alone(Map<String, String> row) {
    long known = rules.together().stream().filter(c -> !text(row, c).isEmpty()).count();
    return known > 0 && known < rules.together().size()
        ? Optional.of(
            "it has only one of %s. Write both, or none."
                .formatted(String.join(" and ", rules.together())))
        : Optional.empty();
  }

  private Optional<String> period(Map<String, String> row, String from) {
    String to = rules.periods().getOrDefault(from, from);
    return text(row, from).isEmpty()
            || text(row, to).isEmpty()
            || text(row, from).compareTo(text(row, to)) < 0
        ? Optional.empty()
        : Optional.of("%s is not before %s. Correct one of them.".formatted(from, to));
  }

  private static Optional<String> pattern(Map<String, String> row, String column) {
    try {
      Pattern.compile(text(row, column));
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(
          "%s is '%s', which is no regular expression: %s. Correct it."
              .formatted(column, text(row, column), e.getDescription()));
    }
  }

  private static Optional<String> group(Map<String, String> row, String column) {
    String text = text(row, column);
    return !text.isEmpty()
            && pattern(row, column).isEmpty()
            && Pattern.compile(text).matcher("").groupCount() == 0
        ? Optional.of(
            "%s is '%s', which has no group. Put the part that is wanted in brackets."
                .formatted(column, text))
        : Optional.empty();
  }

  private Optional<String> unknown(Map<String, String> row, String column) {
    String text = text(row, column);
    Set<String> known = allowed.getOrDefault(column, Set.of());
    if (text.isEmpty() || known.contains(text)) {
      return Optional.empty();
    }
    String list = rules.listed().get(column);
    return Optional.of(
        "%s is '%s', not one of %s.%s %s"
            .formatted(
                column,
                text,
                String.join(", ", known),
                Nearest.hint(text, known),
                list == null
                    ? "Correct it."
                    : "Correct it, or add it to the list reference/" + list + ".csv."));
  }

  private static String text(Map<String, String> row, String column) {
    return ReferenceCsv.value(row, column);
  }
}
