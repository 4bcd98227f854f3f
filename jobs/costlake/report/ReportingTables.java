package costlake.report;

import static org.apache.spark.sql.functions.col;

import java.sql.Date;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Reads the reporting tables of a month. Reads each table once for all teams. */
final class ReportingTables {
  private static final String POSITION = "position";

  /** Identifies a statement of the month. */
  private record Key(String receiver, String currency) {}

  private final Function<String, Dataset<Row>> tables;
  private final Map<String, Map<String, TeamRows>> sheets = new HashMap<>();

  ReportingTables(Function<String, Dataset<Row>> tables) {
    this.tables = tables;
  }

  /** Returns the content of each team's document, sorted by team and currency. */
  Map<String, StatementContent> content(YearMonth month, Optional<String> team) {
    Column rows = of(month);
    return content(
        "statements",
        "statement_",
        team.isPresent() ? rows.and(col("team_id").equalTo(team.get())) : rows);
  }

  /**
   * Returns the content of the documents of cost centres and the company, sorted by id and
   * currency.
   */
  Map<String, StatementContent> groups(YearMonth month) {
    return content("group_statements", "group_", of(month));
  }

  /** Returns the teams that have a statement of the month. */
  List<String> teams(YearMonth month) {
    return tables
        .apply("statements")
        .where(of(month))
        .select("team_id")
        .distinct()
        .orderBy("team_id")
        .as(Encoders.STRING())
        .collectAsList();
  }

  private static Column of(YearMonth month) {
    return col("billing_month").equalTo(Date.valueOf(month.atDay(1)));
  }

  private Map<String, StatementContent> content(String totals, String prefix, Column rows) {
    List<Row> heads = rows(totals, rows);
    if (heads.isEmpty()) {
      return Map.of();
    }
    Map<Key, List<Statement.Line>> lines =
        read(prefix + "lines", rows, Statement.Line::of, "breakdown", POSITION);
    Map<Key, List<Statement.Month>> history =
        read(prefix + "history", rows, Statement.Month::of, "history_month", "series_position");
    Map<Key, List<Statement.Change>> changes =
        read(prefix + "changes", rows, Statement.Change::of, "breakdown", POSITION);
    Map<Key, List<Statement.Accelerator>> accelerators =
        read(prefix + "accelerators", rows, Statement.Accelerator::of, POSITION);
    Map<Key, List<Statement.Workload>> workloads =
        read(prefix + "workloads", rows, Statement.Workload::of, POSITION);
    Map<Key, List<Statement.IdleHour>> idle =
        read(prefix + "idle_hours", rows, Statement.IdleHour::of, "weekday", "hour_of_day");
    Map<Key, List<Statement.Pool>> pools =
        read(prefix + "pools", rows, Statement.Pool::of, POSITION);
    Map<Key, List<Statement.Value>> values =
        read(prefix + "value", rows, Statement.Value::of, POSITION);
    Map<Key, List<Statement.Check>> checks =
        read(prefix + "quality", rows, Statement.Check::of, POSITION);
    return content(
        heads,
        (key, head) ->
            new Statement(
                head,
                lines.getOrDefault(key, List.of()),
                history.getOrDefault(key, List.of()),
                changes.getOrDefault(key, List.of()),
                accelerators.getOrDefault(key, List.of()),
                workloads.getOrDefault(key, List.of()),
                idle.getOrDefault(key, List.of()),
                pools.getOrDefault(key, List.of()),
                values.getOrDefault(key, List.of()),
                checks.getOrDefault(key, List.of())));
  }

  private Map<String, StatementContent> content(
      List<Row> heads, BiFunction<Key, Statement.Head, Statement> statement) {
    Map<String, List<Statement>> receivers = new TreeMap<>();
    for (Row row : heads) {
      Key key = key(row);
      receivers
          .computeIfAbsent(key.receiver(), t -> new ArrayList<>())
          .add(statement.apply(key, Statement.Head.of(row)));
    }
    Map<String, StatementContent> content = new TreeMap<>();
    receivers.forEach(
        (id, parts) ->
            content.put(
                id,
                new StatementContent(
                    parts, List.copyOf(sheets.getOrDefault(id, Map.of()).values()))));
    return content;
  }

  private <T> Map<Key, List<T>> read(
      String name, Column rows, Function<Row, T> record, String... order) {
    Map<Key, List<T>> read = new HashMap<>();
    for (Row row : rows(name, rows, order)) {
      read.computeIfAbsent(key(row), k -> new ArrayList<>()).add(record.apply(row));
    }
    return read;
  }

  /**
   * Reads rows of a table in the given order. Also adds the rows to the sheets of their recipients.
   */
  private List<Row> rows(String name, Column rows, String... order) {
    Dataset<Row> table = tables.apply(name).where(rows);
    Column[] columns =
        Stream.concat(
                Stream.of(Statement.Head.receiver(table.schema()), "billing_currency"),
                Stream.of(order))
            .map(functions::col)
            .toArray(Column[]::new);
    List<Row> found = table.orderBy(columns).collectAsList();
    for (Row row : found) {
      sheets
          .computeIfAbsent(key(row).receiver(), t -> new LinkedHashMap<>())
          .computeIfAbsent(name, n -> new TeamRows(n, List.of(table.columns()), new ArrayList<>()))
          .rows()
          .add(TeamRows.values(row));
    }
    return found;
  }

  private static Key key(Row row) {
    return new Key(row.getAs(Statement.Head.receiver(row.schema())), row.getAs("billing_currency"));
  }
}
