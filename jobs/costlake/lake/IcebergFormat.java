package costlake.lake;

import costlake.core.Failure;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.spark.SparkCatalog;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Iceberg: a night is a branch of each table it changes; publishing fast-forwards main. */
final class IcebergFormat implements TableFormat {
  private static final String BRANCH = "night";

  private final SparkSession spark;
  private final org.apache.iceberg.catalog.Catalog catalog;

  IcebergFormat(SparkSession spark) {
    this.spark = spark;
    SparkCatalog sparkCatalog =
        (SparkCatalog) spark.sessionState().catalogManager().catalog(Sessions.CATALOG);
    this.catalog = sparkCatalog.icebergCatalog();
  }

  @Override
  public Optional<String> version(TableName table) {
    return load(table).map(Table::currentSnapshot).map(s -> Long.toString(s.snapshotId()));
  }

  @Override
  public void prepare(TableSpec spec) {
    Optional<Table> table = load(spec.name());
    if (table.isEmpty()) {
      create(spec);
      return;
    }
    for (var field : spec.columns().fields()) {
      if (table.get().schema().findField(field.name()) == null) {
        spark.sql(
            "alter table %s add column `%s` %s"
                .formatted(sql(spec.name()), field.name(), field.dataType().sql()));
      }
    }
  }

  private void create(TableSpec spec) {
    Namespace namespace = Namespace.of(spec.name().namespace());
    if (catalog instanceof SupportsNamespaces namespaces
        && !namespaces.namespaceExists(namespace)) {
      namespaces.createNamespace(namespace);
    }
    spark.sql(
        "create table %s (%s) using iceberg %s tblproperties (%s)"
            .formatted(
                sql(spec.name()),
                Columns.ddl(spec),
                spec.partitioning().by() == Partitioning.By.WHOLE
                    ? ""
                    : "partitioned by (`" + spec.partitioning().column() + "`)",
                "'format-version'='2', 'write.parquet.compression-codec'='zstd', 'write.distribution-mode'='none',"
                    + " 'write.spark.fanout.enabled'='true', 'write.metadata.delete-after-commit.enabled'='true',"
                    + " 'write.metadata.previous-versions-max'='20'"));
    load(spec.name()).orElseThrow().newAppend().commit();
  }

  @Override
  public Dataset<Row> at(TableName table, String version) {
    return spark.read().option("snapshot-id", version).table(sql(table));
  }

  @Override
  public String relation(TableName table, String version) {
    return sql(table) + " version as of " + version;
  }

  @Override
  public String stage(String night, TableSpec spec, Dataset<Row> rows, Set<LocalDate> partitions) {
    prepare(spec);
    Table table = load(spec.name()).orElseThrow();
    if (table.refs().containsKey(BRANCH)) {
      table.manageSnapshots().removeBranch(BRANCH).commit();
    }
    table.manageSnapshots().createBranch(BRANCH, table.currentSnapshot().snapshotId()).commit();
    Column replaced =
        spec.partitioning().by() == Partitioning.By.WHOLE
            ? functions.lit(true)
            : Columns.in(spec.partitioning().column(), partitions);
    try {
      rows.writeTo(sql(spec.name()) + ".branch_" + BRANCH).overwrite(replaced);
    } catch (org.apache.spark.sql.catalyst.analysis.NoSuchTableException e) {
      throw Failure.internal("Cannot stage " + spec.name() + ": " + e.getMessage(), e);
    }
    return branch(spec.name());
  }

  private String branch(TableName name) {
    return Long.toString(load(name).orElseThrow().snapshot(BRANCH).snapshotId());
  }

  @Override
  public long rowsWritten(TableName name, String target) {
    String added =
        load(name).orElseThrow().snapshot(Long.parseLong(target)).summary().get("added-records");
    return added == null ? 0 : Long.parseLong(added);
  }

  @Override
  public Dataset<Row> staged(
      String night, TableSpec spec, Set<LocalDate> partitions, String target) {
    Dataset<Row> rows = at(spec.name(), target);
    return spec.partitioning().by() == Partitioning.By.WHOLE
        ? rows
        : rows.filter(Columns.in(spec.partitioning().column(), partitions));
  }

  @Override
  public String publish(TableName name, String target, long sequence) {
    Table table = load(name).orElseThrow();
    long snapshot = Long.parseLong(target);
    if (table.currentSnapshot().snapshotId() != snapshot) {
      table.manageSnapshots().fastForwardBranch(SnapshotRef.MAIN_BRANCH, BRANCH).commit();
    }
    table.refresh();
    if (!table.refs().containsKey(tag(sequence))) {
      table.manageSnapshots().createTag(tag(sequence), snapshot).commit();
    }
    if (table.refs().containsKey(BRANCH)) {
      table.manageSnapshots().removeBranch(BRANCH).commit();
    }
    return target;
  }

  private static String tag(long sequence) {
    return "publication-" + sequence;
  }

  @Override
  public void append(TableSpec spec, Dataset<Row> rows) {
    prepare(spec);
    try {
      rows.writeTo(sql(spec.name())).append();
    } catch (org.apache.spark.sql.catalyst.analysis.NoSuchTableException e) {
      throw Failure.internal("Cannot append to " + spec.name() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void discard(String night, TableName name) {
    load(name)
        .filter(table -> table.refs().containsKey(BRANCH))
        .ifPresent(table -> table.manageSnapshots().removeBranch(BRANCH).commit());
  }

  @Override
  public String maintain(TableName name, Set<String> pinned, MaintenancePlan plan) {
    Table table = load(name).orElseThrow();
    List<String> stale =
        table.refs().entrySet().stream()
            .filter(ref -> ref.getValue().isTag() && ref.getKey().startsWith("publication-"))
            .filter(ref -> !pinned.contains(Long.toString(ref.getValue().snapshotId())))
            .filter(
                ref ->
                    table.snapshot(ref.getValue().snapshotId()).timestampMillis()
                        < plan.expireBefore().toEpochMilli())
            .map(java.util.Map.Entry::getKey)
            .toList();
    if (!stale.isEmpty()) {
      var manage = table.manageSnapshots();
      stale.forEach(manage::removeTag);
      manage.commit();
    }
    long before = count(table);
    table.expireSnapshots().expireOlderThan(plan.expireBefore().toEpochMilli()).commit();
    table.refresh();
    long orphans =
        spark
            .sql(
                "call %s.system.remove_orphan_files(table => '%s', older_than => timestamp '%s')"
                    .formatted(Sessions.CATALOG, name, Columns.timestamp(plan.orphansBefore())))
            .count();
    return "%d snapshots expired, %d orphan files removed"
        .formatted(before - count(table), orphans);
  }

  private static long count(Table table) {
    long n = 0;
    for (Snapshot ignored : table.snapshots()) {
      n++;
    }
    return n;
  }

  private Optional<Table> load(TableName name) {
    try {
      return Optional.of(catalog.loadTable(TableIdentifier.of(name.namespace(), name.name())));
    } catch (NoSuchTableException e) {
      return Optional.empty();
    }
  }

  private static String sql(TableName name) {
    return Sessions.CATALOG + "." + name.namespace() + "." + name.name();
  }
}
