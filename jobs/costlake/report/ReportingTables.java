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

/** Reads the reporting tables of a month. Reads each table once for all receivers. */
final class ReportingTables {
  private static final String POSITION = "position";
  private static final String KIND = "receiver_kind";
  private static final String ID = "receiver_id";
  private static final String TEAM = "team";

  /** Identifies a statement of the month. */
  private record Key(String receiver, String currency) {}

  private final Function<String, Dataset<Row>> tables;
  private final Map<String, Map<String, Sheet>> sheets = new HashMap<>();

  ReportingTables(Function<String, Dataset<Row>> tables) {
    this.tables = tables;
  }

  /** Returns the content of each team's document, sorted by team and currency. */
  Map<String, StatementContent> content(YearMonth month, Optional<String> team) {
    Column rows = of(month).and(col(KIND).equalTo(TEAM));
    return content(team.isPresent() ? rows.and(col(ID).equalTo(team.get())) : rows);
  }

  /**
   * Returns the content of the documents of cost centres and the company, sorted by id and
   * currency.
   */
  Map<String, StatementContent> groups(YearMonth month) {
    return content(of(month).and(col(KIND).notEqual(TEAM)));
  }

  /** Returns the teams that have a statement of the month. */
  List<String> teams(YearMonth month) {
    return tables
        .apply("statements")
        .where(of(month).and(col(KIND).equalTo(TEAM)))
        .select(ID)
        .distinct()
        .orderBy(ID)
        .as(Encoders.STRING())
        .collectAsList();
  }

  private static Column of(YearMonth month) {
    return col("billing_month").equalTo(Date.valueOf(month.atDay(1)));
  }

  private Map<String, StatementContent> content(Column rows) {
    List<Row> heads = rows("statements", rows);
    if (heads.isEmpty()) {
      return Map.of();
    }
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

  /** Reads rows of a table in the given order. Also keeps them as sheets of their receivers. */
  private List<Row> rows(String name, Column rows, String... order) {
    Dataset<Row> table = tables.apply(name).where(rows);
    Column[] sorting =
        Stream.concat(Stream.of(ID, "billing_currency"), Stream.of(order))
            .map(functions::col)
            .toArray(Column[]::new);
    List<Row> found = table.orderBy(sorting).collectAsList();
    for (Row row : found) {
      SheetColumns columns = SheetColumns.of(row.getAs(KIND), List.of(table.columns()));
      sheets
          .computeIfAbsent(key(row).receiver(), t -> new LinkedHashMap<>())
          .computeIfAbsent(name, n -> new Sheet(n, columns.names(), new ArrayList<>()))
          .rows()
          .add(columns.values(row));
    }
    return found;
  }

  private static Key key(Row row) {
    return new Key(row.getAs(ID), row.getAs("billing_currency"));
  }
}
