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
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Reads the reporting tables of a month, each once for all teams. */
final class ReportingTables {
  private static final String POSITION = "position";

  private record Key(String receiver, String currency) {}

  private final Function<String, Dataset<Row>> tables;
  private final Map<String, Map<String, Sheet>> sheets = new HashMap<>();

  ReportingTables(Function<String, Dataset<Row>> tables) {
    this.tables = tables;
  }

  /** What each team's document is made of, in order of teams and currencies. */
  Map<String, Papers> papers(YearMonth month, Optional<String> team) {
    Column rows = col("billing_month").equalTo(Date.valueOf(month.atDay(1)));
    if (team.isPresent()) {
      rows = rows.and(col("team_id").equalTo(team.get()));
    }
    List<Row> heads = rows("statements", rows);
    Map<Key, List<Statement.Line>> lines =
        read("statement_lines", rows, Statement.Line::of, "breakdown", POSITION);
    Map<Key, List<Statement.Month>> history =
        read("statement_history", rows, Statement.Month::of, "history_month", "series_position");
    Map<Key, List<Statement.Change>> changes =
        read("statement_changes", rows, Statement.Change::of, "breakdown", POSITION);
    Map<Key, List<Statement.Accelerator>> accelerators =
        read("statement_accelerators", rows, Statement.Accelerator::of, POSITION);
    Map<Key, List<Statement.Workload>> workloads =
        read("statement_workloads", rows, Statement.Workload::of, POSITION);
    Map<Key, List<Statement.IdleHour>> idle =
        read("statement_idle_hours", rows, Statement.IdleHour::of, "weekday", "hour_of_day");
    Map<Key, List<Statement.Pool>> pools =
        read("statement_pools", rows, Statement.Pool::of, POSITION);
    Map<Key, List<Statement.Value>> values =
        read("statement_value", rows, Statement.Value::of, POSITION);
    Map<Key, List<Statement.Check>> checks =
        read("statement_quality", rows, Statement.Check::of, POSITION);
    return papers(
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

  /** What the documents of cost centres and the company are made of, in order of both. */
  Map<String, Papers> groups(YearMonth month) {
    Column rows = col("billing_month").equalTo(Date.valueOf(month.atDay(1)));
    List<Row> heads = rows("group_statements", rows);
    Map<Key, List<Statement.Line>> lines =
        read("group_lines", rows, Statement.Line::of, "breakdown", POSITION);
    Map<Key, List<Statement.Month>> history =
        read("group_history", rows, Statement.Month::of, "history_month", "series_position");
    Map<Key, List<Statement.Change>> changes =
        read("group_changes", rows, Statement.Change::of, "breakdown", POSITION);
    return papers(
        heads,
        (key, head) ->
            new Statement(
                head,
                lines.getOrDefault(key, List.of()),
                history.getOrDefault(key, List.of()),
                changes.getOrDefault(key, List.of()),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of()));
  }

  private Map<String, Papers> papers(
      List<Row> heads, BiFunction<Key, Statement.Head, Statement> statement) {
    Map<String, List<Statement>> receivers = new TreeMap<>();
    for (Row row : heads) {
      Key key = key(row);
      receivers
          .computeIfAbsent(key.receiver(), t -> new ArrayList<>())
          .add(statement.apply(key, Statement.Head.of(row)));
    }
    Map<String, Papers> papers = new TreeMap<>();
    receivers.forEach(
        (id, parts) -> papers.put(id, new Papers(parts, List.copyOf(sheets.get(id).values()))));
    return papers;
  }

  private <T> Map<Key, List<T>> read(
      String name, Column rows, Function<Row, T> record, String... order) {
    Map<Key, List<T>> read = new HashMap<>();
    for (Row row : rows(name, rows, order)) {
      read.computeIfAbsent(key(row), k -> new ArrayList<>()).add(record.apply(row));
    }
    return read;
  }

  /** Rows of a table in the order given, kept as a sheet of their receiver too. */
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
          .computeIfAbsent(name, n -> new Sheet(n, List.of(table.columns()), new ArrayList<>()))
          .rows()
          .add(Sheet.values(row));
    }
    return found;
  }

  private static Key key(Row row) {
    return new Key(row.getAs(Statement.Head.receiver(row.schema())), row.getAs("billing_currency"));
  }
}
