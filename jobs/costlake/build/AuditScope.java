package costlake.build;

import costlake.audit.WrittenAudit;
import costlake.lake.PlannedRows;
import costlake.model.Audit;
import costlake.model.Contract;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.RelationName;
import java.time.LocalDate;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.jspecify.annotations.Nullable;

/**
 * Limits an audit to the days or months that changed. Filters each stored table that the audit
 * reads by one column: the column that the audit names under {@code scoped_by} or, without this
 * key, the partition column, if all tables have the same partition column. Without such a column,
 * the audit compares all rows.
 *
 * @param columns column by which each stored model is filtered; empty if the audit compares all
 *     rows
 * @param byMonth whether the audit compares whole months, because a table is partitioned by month
 *     or the scope of the audit is {@link WrittenAudit.Scope#MONTHS}
 */
record AuditScope(Map<RelationName, String> columns, boolean byMonth) {
  private static final AuditScope ALL = new AuditScope(Map.of(), false);

  static AuditScope of(Graph graph, Audit audit) {
    if (audit.scope() == WrittenAudit.Scope.ALL) {
      return ALL;
    }
    Map<RelationName, String> columns =
        audit.scopedBy().isEmpty() ? shared(graph, audit) : audit.scopedBy();
    return new AuditScope(
        columns,
        audit.scope() == WrittenAudit.Scope.MONTHS
            || columns.keySet().stream()
                .map(name -> graph.model(name).contract().partition())
                .anyMatch(partition -> partition.by() == Contract.By.MONTH));
  }

  /**
   * Returns the partition columns of the tables that the audit reads; none if their names differ.
   */
  private static Map<RelationName, String> shared(Graph graph, Audit audit) {
    Map<RelationName, String> columns = new TreeMap<>();
    for (RelationName name : audit.reads()) {
      if (graph.isModel(name)) {
        columns.put(name, Objects.requireNonNullElse(partitionColumn(graph.model(name)), ""));
      }
    }
    Set<String> names = Set.copyOf(columns.values());
    return names.size() == 1 && !names.contains("") ? columns : Map.of();
  }

  /**
   * Returns the partition column of a model. Returns null for a table without partitions, and for a
   * view, because a row of a view may need other partitions of its tables.
   */
  private static @Nullable String partitionColumn(Model model) {
    return model.stored() ? model.contract().partition().column() : null;
  }

  boolean isAll() {
    return columns.isEmpty();
  }

  /**
   * Returns the days or months to compare.
   *
   * @param changed returns the changed partitions of a table
   * @param versions returns the rows of a table twice: as this night built them, and as published
   */
  Partitions compared(
      Graph graph,
      Function<RelationName, Partitions> changed,
      Function<RelationName, Iterable<Dataset<Row>>> versions) {
    if (isAll()) {
      return Partitions.ALL;
    }
    Partitions compared = Partitions.NONE;
    for (RelationName name : columns.keySet()) {
      Model model = graph.model(name);
      compared = compared.and(values(model, changed.apply(name), versions.apply(name)));
    }
    return byMonth ? compared.daysOfMonths() : compared;
  }

  private Partitions values(Model model, Partitions changed, Iterable<Dataset<Row>> versions) {
    String partition = model.contract().partition().column();
    String column = Objects.requireNonNull(columns.get(model.name()));
    if (column.equals(partition) || changed.days().isEmpty() || changed.isNone()) {
      return changed;
    }
    Set<LocalDate> values = new TreeSet<>();
    for (Dataset<Row> rows : versions) {
      PlannedRows.distinct(
              PartitionViews.cut(rows, partition, changed)
                  .select(functions.to_date(functions.col(column))))
          .stream()
          .filter(row -> !row.isNullAt(0))
          .forEach(row -> values.add(row.getDate(0).toLocalDate()));
    }
    return Partitions.of(values);
  }

  /** Returns the partitions of a table to read. */
  Partitions partitions(Graph graph, RelationName name, Partitions compared) {
    if (isAll() || !graph.isModel(name)) {
      return Partitions.ALL;
    }
    Contract.Partition partition = graph.model(name).contract().partition();
    if (!Objects.equals(columns.get(name), partition.column())) {
      return Partitions.ALL;
    }
    return partition.by() == Contract.By.MONTH ? compared.months() : compared;
  }

  /** Returns the rows of a table that lie in these days or months. */
  Dataset<Row> cut(RelationName name, Dataset<Row> rows, Partitions compared) {
    if (isAll() || compared.days().isEmpty()) {
      return rows;
    }
    Column column = functions.col(columns.get(name));
    return rows.filter(
        compared.ranges().stream()
            .map(range -> column.geq(day(range.first())).and(column.lt(day(range.end()))))
            .reduce(Column::or)
            .orElse(functions.lit(false)));
  }

  private static Column day(LocalDate day) {
    return functions.lit(java.sql.Date.valueOf(day));
  }

  @Override
  public String toString() {
    return isAll()
        ? "all rows"
        : columns.entrySet().stream()
            .map(entry -> entry.getKey() + " by " + entry.getValue())
            .sorted()
            .collect(Collectors.joining(", "));
  }
}
