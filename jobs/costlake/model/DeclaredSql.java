package costlake.model;

import costlake.page.DeclaredColumn;
import costlake.page.DeclaredRows;
import costlake.page.DeclaredRows.Breakdown;
import costlake.page.DeclaredRows.LookedUp;
import costlake.page.DeclaredRows.ReceivedBy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the query of a table that a page declares: the receivers of the rows, the rows of each
 * statement, the largest lines and the one for all others, what is looked up, and the columns.
 */
final class DeclaredSql {
  private static final String MACROS =
      Stream.of(
              "arithmetic",
              "cents",
              "commitments",
              "history",
              "inference",
              "lines",
              "receivers",
              "run_costs")
          .map("{%% import \"macros/%s.sql\" %%}"::formatted)
          .collect(Collectors.joining());

  private static final String BREAKDOWN = "breakdown";
  private static final String LETTER = "letter";
  private static final String STATEMENT =
      "billing_month, receiver_kind, receiver_id, billing_currency";

  private static final String OF_ONE = "{{ of_one(\"%s\") }}";

  /** Type of a column, which is known once the contracts are complete. */
  private static final String TYPE = "${%s}";

  private final DeclaredRows rows;
  private final List<String> parts = new ArrayList<>();

  /** Name of the part with the rows of the table so far. */
  private String last = "";

  /** Columns that name the statement of these rows, each with its SQL. */
  private String statement;

  private DeclaredSql(DeclaredRows rows) {
    this.rows = rows;
    statement =
        "%s, %s, billing_currency"
            .formatted(
                named(Map.of("billing_month", month())),
                rows.receivedBy() == null
                    ? "receiver_kind, receiver_id"
                    : "receiver.kind as receiver_kind, receiver.id as receiver_id");
  }

  /** Returns the query as a template, in which types of columns are left out. */
  static String of(DeclaredRows rows) {
    return new DeclaredSql(rows).query();
  }

  /** Fills the types of columns into a query. */
  static String typed(String query, Contract contract) {
    String typed = query;
    for (Contract.Column column : contract.columns()) {
      typed = typed.replace(TYPE.formatted(column.name()), column.type());
    }
    return typed;
  }

  private String query() {
    receive();
    count();
    sum();
    compare();
    lookUp();
    compareWithCompany();
    choose();
    place();
    round();
    printedBefore();
    return MACROS
        + "with "
        + String.join(",\n\n", parts)
        + "\n\nselect\n    {{ receiver() }},\n    "
        + columns()
        + "\nfrom "
        + last
        + "\n";
  }

  private void part(String name, String query) {
    parts.add("%s as (\n    %s\n)".formatted(name, query.strip().replace("\n", "\n    ")));
    last = name;
  }

  private void receive() {
    part(
        "facts",
        "select * from %s%s".formatted(relation(rows.of()), clause("where", rows.where())));
    if (rows.receivedBy() != null) {
      String project = rows.receivedBy() == ReceivedBy.PROJECT ? ", \"project_id\"" : "";
      part(
          "received",
          "{{ received(\"facts\", \"%s\", ref('economics.receivers')%s) }}"
              .formatted(month(), project));
    } else if (rows.history()) {
      parts.add("{{ months_shown(\"facts\", source('conf.settings')) }}");
      last = "seen";
    }
  }

  private String month() {
    return rows.month() == null ? "billing_month" : rows.month();
  }

  /** Repeats the rows for each breakdown in which they count. */
  private void count() {
    if (!rows.breakdowns().isEmpty()) {
      String lines =
          rows.breakdowns().entrySet().stream()
              .map(each -> line(each.getKey(), each.getValue()))
              .collect(Collectors.joining(",\n    "));
      part(
          "counted",
          "select *, explode(array_compact(array(\n    %s\n))) as line\nfrom %s"
              .formatted(lines, last));
    }
  }

  private String line(String name, Breakdown breakdown) {
    Map<String, String> own = DeclaredRows.sql(breakdown.row());
    String keys =
        rows.keys().stream()
            .map(key -> ", '%s', %s".formatted(key, own.getOrDefault(key, "null")))
            .collect(Collectors.joining());
    String line =
        "named_struct('%s', '%s', 'letter', '%s'%s)"
            .formatted(BREAKDOWN, name, breakdown.letter(), keys);
    return breakdown.where() == null ? line : "if(%s, %s, null)".formatted(breakdown.where(), line);
  }

  /** Returns the columns by which rows are grouped, with their SQL. */
  private Map<String, String> keys() {
    if (rows.breakdowns().isEmpty()) {
      return DeclaredRows.sql(rows.row());
    }
    Map<String, String> keys = new LinkedHashMap<>();
    Stream.concat(Stream.of(BREAKDOWN, LETTER), rows.keys().stream())
        .forEach(key -> keys.put(key, "line." + key));
    return keys;
  }

  private void sum() {
    if (rows.first() != null) {
      sum("firsts", rows.first().columns());
    }
    Map<String, String> values = new LinkedHashMap<>(keys());
    String same = rows.largest() == null ? "{{ only_value(\"%s\") }}" : "{{ value_range(\"%s\") }}";
    values.putAll(values(same, false));
    sum("items", values);
  }

  /** Sums the rows so far by those of the values that are no sums. */
  private void sum(String name, Map<String, String> values) {
    part(
        name,
        "select\n    %s,\n    %s\nfrom %s\ngroup by all".formatted(statement, named(values), last));
    statement = STATEMENT;
  }

  /** Adds values of the month before. */
  private void compare() {
    if (!rows.before().isEmpty()) {
      join("compared", rows.before(), "");
    }
  }

  /** Adds what the same line printed in the month before, unless one of the two sums several. */
  private void printedBefore() {
    if (!rows.printedBefore().isEmpty()) {
      String single = "\n    and before.members = 1 and rows.members = 1";
      join("stated", rows.printedBefore(), rows.largest() == null ? "" : single);
    }
  }

  private void join(String name, Map<String, String> wanted, String further) {
    String values =
        wanted.entrySet().stream()
            .map(value -> "before.%s as %s".formatted(value.getValue(), value.getKey()))
            .collect(Collectors.joining(", "));
    String same =
        Stream.concat(Stream.of("receiver_id", "billing_currency"), keys().keySet().stream())
            .map(key -> "and before.%1$s <=> rows.%1$s".formatted(key))
            .collect(Collectors.joining("\n    "));
    part(
        name,
        """
        select rows.*, %1$s
        from %2$s as rows
        left join %2$s as before
            on before.billing_month = add_months(rows.billing_month, -1)
            %3$s%4$s
        """
            .formatted(values, last, same, further));
  }

  private void compareWithCompany() {
    if (!rows.company().isEmpty()) {
      Map<String, String> values = new LinkedHashMap<>();
      rows.company()
          .forEach(
              (name, sql) ->
                  values.put(
                      name,
                      "{{ of_company(\"%s\", \"%s\") }}"
                          .formatted(sql, String.join(", ", keys().keySet()))));
      part("whole", "select\n    *,\n    %s\nfrom %s".formatted(named(values), last));
    }
  }

  private void choose() {
    if (rows.having() != null) {
      part("chosen", "select * from %s%s".formatted(last, clause("where", rows.having())));
    }
  }

  private void round() {
    if (!rows.cents().isEmpty()) {
      Map<String, String> cents = new LinkedHashMap<>();
      rows.cents()
          .forEach(
              (name, money) ->
                  cents.put(name, "{{ cents_of(\"%s\", \"%s\") }}".formatted(money, apart())));
      part("rounded", "select\n    *,\n    %s\nfrom %s".formatted(named(cents), last));
    }
  }

  /**
   * Returns the values of a row but its key.
   *
   * @param same how to find what all rows have in common
   * @param again whether the values are those of rows that are summed already
   */
  private Map<String, String> values(String same, boolean again) {
    Map<String, String> values = new LinkedHashMap<>();
    add(values, rows.sums(), "sum(%s)", again);
    add(values, rows.knownSums(), "{{ known_sum(\"%s\") }}", again);
    add(values, rows.minima(), "min(%s)", again);
    add(values, rows.maxima(), "max(%s)", again);
    add(values, rows.same(), same, again);
    rows.own().forEach((name, sql) -> values.put(name, again ? OF_ONE.formatted(name) : sql));
    return values;
  }

  private static void add(
      Map<String, String> values,
      Map<String, @Nullable Object> written,
      String made,
      boolean again) {
    DeclaredRows.sql(written)
        .forEach((name, sql) -> values.put(name, made.formatted(again ? name : sql)));
  }

  private static String named(Map<String, String> values) {
    return values.entrySet().stream()
        .map(
            value ->
                value.getKey().equals(value.getValue())
                    ? value.getKey()
                    : value.getValue() + " as " + value.getKey())
        .collect(Collectors.joining(",\n    "));
  }

  private void place() {
    if (rows.order() == null) {
      return;
    }
    part("ranked", "{{ ranked(\"%s\", \"%s\", \"%s\") }}".formatted(last, order(), apart()));
    if (rows.largest() == null) {
      String most = rows.most() == null ? null : "line_rank <= " + rows.most();
      part(
          "placed",
          "select *, line_rank as position from ranked%s".formatted(clause("where", most)));
    } else {
      fold(rows.largest());
    }
  }

  private String order() {
    return Objects.requireNonNull(rows.order()).strip().replaceAll("\\s+", " ");
  }

  /** Returns the columns of the rows that are placed and rounded together. */
  private String apart() {
    return Stream.concat(
            Stream.of("billing_month", "receiver_id", "billing_currency"), rows.apart().stream())
        .collect(Collectors.joining(", "));
  }

  private void fold(int largest) {
    Map<String, String> values = new LinkedHashMap<>();
    if (!rows.breakdowns().isEmpty()) {
      Stream.of(BREAKDOWN, LETTER).forEach(key -> values.put(key, key));
    }
    values.put("position", "{{ folded(%d%s) }}".formatted(largest, folding()));
    values.put("members", "count(*)");
    Stream.of(rows.keys(), rows.company().keySet(), rows.lookedUp().keySet())
        .flatMap(Collection::stream)
        .forEach(name -> values.put(name, OF_ONE.formatted(name)));
    rows.before().keySet().forEach(value -> values.put(value, "sum(%s)".formatted(value)));
    values.putAll(values("{{ only_of_ranges(\"%s\") }}", true));
    part(
        "folded",
        "select\n    %s,\n    %s\nfrom ranked\ngroup by all".formatted(STATEMENT, named(values)));
  }

  /** Returns the argument that leaves breakdowns whole. */
  private String folding() {
    String whole =
        rows.breakdowns().entrySet().stream()
            .filter(each -> each.getValue().whole())
            .map(each -> "'" + each.getKey() + "'")
            .collect(Collectors.joining(", "));
    return whole.isEmpty() ? "" : ", \"%s not in (%s)\"".formatted(BREAKDOWN, whole);
  }

  private void lookUp() {
    if (rows.lookedUp().isEmpty()) {
      return;
    }
    StringBuilder joins = new StringBuilder();
    List<String> found = new ArrayList<>(List.of("rows.*"));
    rows.lookedUp()
        .forEach(
            (name, relation) -> {
              found.add("struct(%s) as %s".formatted(used(name), name));
              joins.append(join(name, relation));
            });
    part(
        "found",
        "select\n    %s\nfrom %s as rows%s".formatted(String.join(",\n    ", found), last, joins));
  }

  /** Returns the columns of a relation that the table uses. */
  private String used(String name) {
    Pattern use = Pattern.compile("\\b" + name + "\\.(\\w+)");
    return Stream.of(
            rows.columns().stream().map(DeclaredColumn::as),
            rows.columns().stream().map(DeclaredColumn::ratio),
            rows.company().values().stream(),
            Stream.ofNullable(rows.having()))
        .flatMap(sql -> sql)
        .flatMap(Stream::ofNullable)
        .flatMap(sql -> use.matcher(sql).results().map(found -> found.group(1)))
        .collect(Collectors.toCollection(TreeSet::new))
        .stream()
        .map(column -> name + "." + column)
        .collect(Collectors.joining(", "));
  }

  private static String join(String name, LookedUp relation) {
    Stream<String> keys =
        relation.keys().stream().map(key -> "%s.%s = rows.%s".formatted(name, key, key));
    return "\nleft join %s as %s\n    on %s"
        .formatted(
            read(relation),
            name,
            Stream.concat(keys, Stream.ofNullable(relation.on()).map("(%s)"::formatted))
                .collect(Collectors.joining(" and ")));
  }

  private static String read(LookedUp relation) {
    String of = relation(relation.of());
    String where = clause("where", relation.where());
    if (relation.first() != null) {
      String columns = named(relation.first().columns());
      return "(select %s from %s%s\ngroup by all)".formatted(columns, of, where);
    }
    return where.isEmpty() ? of : "(select * from %s%s)".formatted(of, where);
  }

  private static String relation(String name) {
    boolean isModel = Layer.of(name.replaceFirst("\\..*", "")).isPresent();
    return "{{ %s('%s') }}".formatted(isModel ? "ref" : "source", name);
  }

  private static String clause(String word, @Nullable String condition) {
    return condition == null ? "" : "\n%s %s".formatted(word, condition.strip());
  }

  private String columns() {
    Map<String, String> columns = new LinkedHashMap<>();
    rows.lineColumns().forEach(name -> columns.put(name, typed(name, name)));
    String letter = rows.letter() == null ? LETTER : "'" + rows.letter() + "'";
    columns.replace("line_id", "{{ line_id(\"%s\") }}".formatted(letter));
    rows.columns().stream()
        .filter(column -> !DeclaredRows.statementColumns().contains(column.name()))
        .filter(column -> !columns.containsKey(column.name()))
        .forEach(column -> columns.put(column.name(), typed(column.name(), made(column))));
    return columns.entrySet().stream()
        .map(column -> column.getValue() + " as " + column.getKey())
        .collect(Collectors.joining(",\n    "));
  }

  private static String typed(String column, String sql) {
    return "cast(%s as %s)".formatted(sql.strip(), TYPE.formatted(column));
  }

  private String made(DeclaredColumn column) {
    if (column.as() != null) {
      return column.as();
    }
    if (column.hours() != null) {
      return "{{ hours(\"%s\") }}".formatted(column.hours());
    }
    if (column.share() != null) {
      return "{{ share_of_total(\"%s\", \"%s\") }}".formatted(column.share(), apart());
    }
    return column.ratio() == null ? column.name() : ratio(column.ratio());
  }

  private static String ratio(String written) {
    String[] values = written.split("/", -1);
    return "{{ part_of_all(\"%s\", \"%s\") }}".formatted(values[0].strip(), values[1].strip());
  }
}
