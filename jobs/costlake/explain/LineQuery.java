package costlake.explain;

import static java.util.stream.Collectors.joining;

import costlake.page.LineCharges;
import costlake.page.LineExplanation.Rows;
import costlake.page.LineSteps;
import costlake.page.LineSums;
import costlake.page.LineSums.Condition;
import costlake.page.LineSums.Seen;
import costlake.page.PageTable;
import java.sql.Date;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Turns what a page declares of a table into queries for the rows that its lines sum. They read the
 * view {@link #STATEMENTS}.
 */
final class LineQuery {
  /** View with month, receiver and currency of the statements whose lines are explained. */
  static final String STATEMENTS = "explained_statements";

  /** Table with the cost centre of each team. */
  static final String CENTRES = "reporting.statements";

  /**
   * Selects the rows that each line sums. A row is repeated for each part of its money, each
   * condition and each receiver. Each copy finds the line that names it, or else the line for all
   * others.
   */
  private static final String SUMMED =
      """
      with priced as (
          select *, {month} as sum_month, {currency} as sum_currency, explode({amounts}) as money
          from {relation}
          where {where} and {month} in ({months})
      ),
      keyed as (
          select * from priced lateral view inline(array_compact(array({keys}))) as {key_columns}
      ),
      received as (
          {received}
      ),
      wanted as (
          select * from received left semi join explained_statements as s on {is_of_statement}
      ),
      lines as (
          select *, named_struct({line_keys}) as line_key
          from {table}
          left semi join explained_statements using (billing_month, receiver_id, billing_currency)
      ),
      summed as (
          select coalesce(named.line_id, rest.line_id) as sum_line, named.line_id is not null as is_named, wanted.*
          from wanted
          left join (select * from lines where {has_names}) as named
              on {is_named}
          left join (select * from lines where not ({has_names})) as rest
              on named.line_id is null and {is_rest}
          where named.line_id is not null or rest.line_id is not null
      )
      """;

  private static final String RECEIVED = "select *, receiver_id as sum_receiver from keyed";

  private static final String PLACED =
      """
      , parts as (
          select sum_line as line_id, sum(money.amount) as cost, {by}
          from summed{seen}
          group by all
      ),
      placed as (
          select *, {label} as step, cast({shown} as decimal(38, 2)) as step_shown,
              least(row_number() over (partition by line_id order by {order}), {last}) as position
          from parts
      )
      """;

  private static final String STEPS =
      """
      select line_id, position, sum(cost) as cost, max(step_shown) as shown,
          if(position = {last}, concat(format_number(count(*), 0), ' {more}'), max(step)) as label
      from placed
      group by all
      """;

  private static final String COMPARED =
      """
      select if({of_line}, line_id, concat_ws('#', line_id, position)) as step_id,
          line_id, billing_month, receiver_id, billing_currency, {columns}
      from placed
      join (select line_id, billing_month, receiver_id, billing_currency from lines) using (line_id)
      where position < {last} and (position = 1 or not ({of_line}))
      """;

  private static final String WRONG =
      """
      , sums as (
          select sum_line as line_id, sum(money.amount) as sum_of_rows from summed group by all
      )
      select line_id, figure, coalesce(sum_of_rows, 0) as sum_of_rows
      from (select line_id, cast({figure} as decimal(38, 21)) as figure from lines)
      left join sums using (line_id)
      where figure <> coalesce(sum_of_rows, 0)
      order by line_id
      """;

  private static final String SEEN =
      """

          left join (
              select line_id as seen_line, cost_shown as seen_shown, billing_month as seen_month, receiver_id as seen_receiver,
                  billing_currency as seen_currency, named_struct({names}) as seen_names
              from {table}
              where members = 1
          ) on seen_month = sum_month and seen_receiver = {receiver} and seen_currency = sum_currency
              and seen_names <=> named_struct({values})""";

  private final String lines;
  private final boolean someSumOthers;
  private final LineSums sums;
  private final @Nullable LineSteps steps;
  private final RelationColumns columns;
  private final String months;

  /**
   * Creates the queries.
   *
   * @param rows rows that lines of the table sum
   * @param months the months of the statements as a list in SQL, so that no other days are read
   */
  LineQuery(SparkSession spark, PageTable table, Rows rows, String months) {
    this(
        spark,
        table.relation(),
        table.columns().contains("members") && !rows.sums().namesAll(),
        rows,
        months);
  }

  private LineQuery(
      SparkSession spark, String lines, boolean someSumOthers, Rows rows, String months) {
    this.lines = lines;
    this.someSumOthers = someSumOthers;
    this.sums = rows.sums();
    this.steps = rows.steps();
    this.columns = RelationColumns.of(List.of(spark.table(sums.of()).columns()));
    this.months = months;
  }

  /** Creates the query for the charges of the sides of a comparison, which are lines of a view. */
  static LineQuery ofSides(SparkSession spark, String view, LineSums charges, String months) {
    return new LineQuery(spark, view, false, new Rows(charges, null), months);
  }

  /**
   * Registers the statements whose lines are explained, as rows in memory: each query reads them
   * several times.
   *
   * @return their months as a list in SQL
   */
  static String register(SparkSession spark, List<Row> statements, StructType schema) {
    spark.createDataFrame(statements, schema).createOrReplaceTempView(STATEMENTS);
    return statements.stream()
        .map(row -> "date'%s'".formatted(row.<Date>getAs("billing_month")))
        .distinct()
        .sorted()
        .collect(joining(", "));
  }

  /** Returns the tables that these queries read. */
  static Stream<String> relations(PageTable table, Rows rows) {
    return Stream.concat(
        Stream.of(table.relation(), rows.sums().of(), CENTRES),
        Stream.ofNullable(rows.sums().seen()).map(Seen::table));
  }

  /** Returns the query for charges, with the columns of {@link ChargeSteps#COLUMNS}. */
  String charges() {
    return summed()
        + "select sum_line as line_id, %s, money.amount as EffectiveCost from summed"
            .formatted(columns.charge());
  }

  /**
   * Returns the query for the lines whose figure is not the sum of their rows: {@code line_id},
   * {@code figure}, {@code sum_of_rows}.
   *
   * @param figure SQL for the unrounded figure of a line
   */
  String wrong(String figure) {
    return summed() + filled(WRONG, Map.of("figure", figure));
  }

  /** Returns the query for steps: line, position, label, money, and what another line prints. */
  String steps() {
    LineSteps shown = Objects.requireNonNull(steps);
    return placed(shown)
        + filled(
            STEPS,
            Map.of("last", last(shown), "more", Objects.requireNonNullElse(shown.more(), "more")));
  }

  /**
   * Returns the query for the steps that compare charges, with their columns. The {@code step_id}
   * of a step is line and position, or the line if the charges explain the line.
   */
  String compared(LineCharges charges) {
    LineSteps shown = Objects.requireNonNull(steps);
    return placed(shown)
        + filled(
            COMPARED,
            Map.of(
                "of_line", Objects.requireNonNullElse(charges.ofLine(), "false"),
                "columns", String.join(", ", shown.by().keySet()),
                "last", last(shown)));
  }

  private static String last(LineSteps shown) {
    return String.valueOf(shown.most() == null ? Integer.MAX_VALUE : shown.most() + 1);
  }

  private String placed(LineSteps shown) {
    return summed()
        + filled(
            PLACED,
            Map.of(
                "by", ComparedCharges.assigned(shown.by()),
                "seen", seen(),
                "label", shown.label(),
                "shown", shown.by().containsKey("shown") ? "shown" : "null",
                "order", shown.order(),
                "last", last(shown)));
  }

  private String summed() {
    return filled(
        SUMMED,
        Map.ofEntries(
            Map.entry("month", sums.month() == null ? columns.month() : sums.month()),
            Map.entry("months", months),
            Map.entry("currency", columns.currency()),
            Map.entry("amounts", amounts()),
            Map.entry("relation", sums.of()),
            Map.entry("where", condition(sums.where())),
            Map.entry("keys", keys()),
            Map.entry("key_columns", keyColumns()),
            Map.entry("line_keys", struct(sums.keys(), sums.keys())),
            Map.entry("received", received()),
            Map.entry("is_of_statement", isOf("s", "received", List.of())),
            Map.entry("table", lines),
            Map.entry("has_names", someSumOthers ? "members = 1" : "true"),
            Map.entry("is_named", isOf("named", "wanted", sums.keys())),
            Map.entry("is_rest", isOf("rest", "wanted", sums.fixed()))));
  }

  /** Replaces each name in braces. */
  private static String filled(String template, Map<String, String> values) {
    String query = template;
    for (Map.Entry<String, String> value : values.entrySet()) {
      query = query.replace("{" + value.getKey() + "}", value.getValue());
    }
    return query;
  }

  private static String condition(@Nullable String where) {
    return where == null ? "true" : "(" + where + ")";
  }

  /** Returns the parts of the money of a row as an array. */
  private String amounts() {
    if (sums.amounts().isEmpty()) {
      return "array(named_struct('amount', %s))".formatted(columns.cost());
    }
    List<String> parts = new ArrayList<>();
    sums.amounts()
        .forEach(
            (name, amount) ->
                parts.add(
                    "named_struct('place', %d, 'name', '%s', 'amount', cast(%s as decimal(38, 21)))"
                        .formatted(parts.size(), name, amount)));
    String counts = parts.size() == 1 ? "is not null" : "<> 0";
    return "filter(array(%s), each -> each.amount %s)".formatted(String.join(", ", parts), counts);
  }

  /** Returns what a line must have to sum a row, for each condition that the row meets. */
  private String keys() {
    return sums.conditions().stream()
        .map(each -> "if(%s, %s, null)".formatted(condition(each.where()), key(each)))
        .collect(joining(", "));
  }

  /**
   * Returns the columns of a key. They are not one struct, because Spark 4.1 loses fields of a
   * struct if its row is exploded again.
   */
  private String keyColumns() {
    return Stream.concat(Stream.of("sum_is_met"), sums.keys().stream().map(LineQuery::keyColumn))
        .collect(joining(", "));
  }

  private static String keyColumn(String key) {
    return "`sum_key_" + key + "`";
  }

  private String key(Condition condition) {
    return "named_struct(" + struct(sums.keys(), condition.values().values()) + ")";
  }

  /** Returns the fields of a struct. */
  private static String struct(Collection<String> names, Collection<String> values) {
    List<String> fields = new ArrayList<>(List.of("'is_met', true"));
    Iterator<String> value = values.iterator();
    names.forEach(name -> fields.add("'%s', %s".formatted(name, value.next())));
    return String.join(", ", fields);
  }

  private String received() {
    return columns.hasReceiver() && !sums.ofTeams()
        ? RECEIVED
        : ReceivedRows.of("keyed", "sum_month", columns.team(), columns.project());
  }

  /** Returns the condition that lines are of the statement of a row and have these keys of it. */
  private static String isOf(String lines, String rows, Collection<String> keys) {
    String statement =
        """
        %1$s.billing_month = %2$s.sum_month and %1$s.receiver_id = %2$s.sum_receiver
                  and %1$s.billing_currency = %2$s.sum_currency"""
            .formatted(lines, rows);
    return Stream.concat(
            Stream.of(statement),
            keys.stream()
                .map(
                    key ->
                        "%s.line_key.`%s` <=> %s.%s".formatted(lines, key, rows, keyColumn(key))))
        .collect(joining(" and "));
  }

  private String seen() {
    Seen seen = sums.seen();
    return seen == null
        ? ""
        : filled(
            SEEN,
            Map.of(
                "table", seen.table(),
                "receiver", Objects.requireNonNullElse(seen.receiver(), "sum_receiver"),
                "names", struct(seen.names().keySet(), seen.names().keySet()),
                "values", struct(seen.names().keySet(), seen.names().values())));
  }
}
