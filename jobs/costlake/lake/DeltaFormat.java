package costlake.lake;

import costlake.core.Failure;
import io.delta.tables.DeltaTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import scala.Option;

/**
 * Delta: a night is staged as Parquet beside the tables; publishing replaces the partitions in one
 * commit that carries the publication's number, so that a repeat is skipped. A target is the staged
 * folder and, after a bar, the condition of what it replaces.
 */
final class DeltaFormat implements TableFormat {
  private static final String WRITER = "costlake";
  private static final String PROPERTIES =
      "'delta.logRetentionDuration'='interval 3650 days', 'delta.deletedFileRetentionDuration'='interval 1 days'";

  private final SparkSession spark;
  private final String root;

  DeltaFormat(SparkSession spark, String root) {
    this.spark = spark;
    this.root = root;
  }

  @Override
  public Optional<String> version(TableName table) {
    long version = snapshot(table).version();
    return version < 0 ? Optional.empty() : Optional.of(Long.toString(version));
  }

  private void prepare(TableSpec spec) {
    if (version(spec.name()).isEmpty()) {
      spark.sql(
          "create table if not exists delta.`%s` (%s) using delta %s tblproperties (%s)"
              .formatted(
                  path(spec.name()), Columns.ddl(spec), Columns.partitionedBy(spec), PROPERTIES));
      return;
    }
    Set<String> known = Set.of(snapshot(spec.name()).schema().fieldNames());
    Arrays.stream(spec.columns().fields())
        .filter(field -> !known.contains(field.name()))
        .forEach(
            field ->
                spark.sql(
                    "alter table delta.`%s` add columns (`%s` %s)"
                        .formatted(path(spec.name()), field.name(), field.dataType().sql())));
  }

  private Snapshot snapshot(TableName table) {
    return DeltaLog.forTable(spark, path(table)).update(false, Option.empty(), Option.empty());
  }

  @Override
  public Dataset<Row> at(TableName table, String version) {
    return spark.read().format("delta").option("versionAsOf", version).load(path(table));
  }

  @Override
  public String relation(TableName table, String version) {
    return "delta.`" + path(table) + "` version as of " + version;
  }

  @Override
  public String stage(
      String night, TableSpec spec, Dataset<Row> rows, Optional<Set<LocalDate>> partitions) {
    prepare(spec);
    String folder = Stages.folder(root, night, spec.name());
    Gathering.byPartition(spec, rows, partitions).write().mode(SaveMode.Overwrite).parquet(folder);
    return target(spec, folder, partitions);
  }

  private static String target(TableSpec spec, String folder, Optional<Set<LocalDate>> partitions) {
    return folder
        + "|"
        + partitions.map(days -> Columns.condition(spec.partitioning().column(), days)).orElse("");
  }

  private static String folder(String target) {
    return target.substring(0, target.lastIndexOf('|'));
  }

  private static String condition(String target) {
    return target.substring(target.lastIndexOf('|') + 1);
  }

  @Override
  public Map<LocalDate, Long> rows(TableSpec spec, String target) {
    Dataset<Row> all = files(spec.name(), target);
    if (spec.partitioning().isWhole()) {
      return Map.of(StageResult.WHOLE, all.count());
    }
    Map<LocalDate, Long> rows = new HashMap<>();
    for (Row row : all.groupBy(spec.partitioning().column()).count().collectAsList()) {
      if (row.isNullAt(0)) {
        throw Failure.data(
            "Cannot stage %s: %d rows have no %s, the column the table is partitioned by"
                .formatted(spec.name(), row.getLong(1), spec.partitioning().column()));
      }
      rows.put(row.getDate(0).toLocalDate(), row.getLong(1));
    }
    return rows;
  }

  @Override
  public String keep(TableSpec spec, String target, Set<LocalDate> partitions) {
    return target(spec, folder(target), Optional.of(partitions));
  }

  @Override
  public Dataset<Row> staged(TableSpec spec, Optional<Set<LocalDate>> partitions, String target) {
    return rows(spec.name(), target);
  }

  private Dataset<Row> rows(TableName table, String target) {
    Dataset<Row> all = files(table, target);
    return condition(target).isEmpty() ? all : all.filter(condition(target));
  }

  private Dataset<Row> files(TableName table, String target) {
    return spark.read().schema(snapshot(table).schema()).parquet(folder(target));
  }

  @Override
  public String publish(TableName table, String target, long sequence) {
    DataFrameWriter<Row> writer =
        rows(table, target)
            .write()
            .format("delta")
            .mode(SaveMode.Overwrite)
            .option("txnAppId", WRITER)
            .option("txnVersion", sequence);
    if (!condition(target).isEmpty()) {
      writer = writer.option("replaceWhere", condition(target));
    }
    writer.save(path(table));
    return version(table).orElseThrow();
  }

  /** A copy in a table of its own: to keep one old version, vacuum would have to keep all since. */
  @Override
  public String pin(TableName table, String version, String label, Column rows) {
    at(table, version)
        .where(rows)
        .coalesce(1)
        .write()
        .format("delta")
        .mode(SaveMode.Overwrite)
        .save(frozen(table, label));
    return label;
  }

  @Override
  public Dataset<Row> pinned(TableName table, String pin) {
    return spark.read().format("delta").load(frozen(table, pin));
  }

  private String frozen(TableName table, String label) {
    return root + "/closed/" + label + "/" + table;
  }

  @Override
  public void append(TableSpec spec, Dataset<Row> rows) {
    prepare(spec);
    rows.write().format("delta").mode(SaveMode.Append).save(path(spec.name()));
  }

  @Override
  public void discard(String night, TableName table) {
    new Stages(spark, root).remove(night, table);
  }

  @Override
  public void sweep(String night, TableName table) {
    discard(night, table);
  }

  @Override
  public long merge(TableName table, MaintenancePlan plan) {
    if (snapshot(table).numOfFiles() < MaintenancePlan.SMALL_FILES_MIN) {
      return 0;
    }
    return DeltaTable.forPath(spark, path(table))
        .optimize()
        .executeCompaction()
        .select("metrics.numFilesRemoved")
        .first()
        .getLong(0);
  }

  @Override
  public String expire(TableName table, Set<String> pinned, MaintenancePlan plan) {
    String live = Long.toString(snapshot(table).version());
    Instant keepFrom =
        pinned.stream()
            .filter(version -> !version.equals(live))
            .map(version -> committedAt(table, version))
            .reduce(plan.expireBefore(), (a, b) -> a.isBefore(b) ? a : b);
    long age_ms = Duration.between(keepFrom, Clock.systemUTC().instant()).toMillis();
    double hours = Math.max(0, age_ms) / 3_600_000.0;
    DeltaTable.forPath(spark, path(table)).vacuum(hours);
    return "files of versions older than %.1f days removed".formatted(hours / 24);
  }

  private Instant committedAt(TableName table, String version) {
    return DeltaTable.forPath(spark, path(table))
        .history()
        .filter("version = " + Long.parseLong(version))
        .select("timestamp")
        .first()
        .getTimestamp(0)
        .toInstant();
  }

  private String path(TableName table) {
    return root + "/tables/" + table.namespace() + "/" + table.name();
  }
}
