package costlake.lake;

import io.delta.tables.DeltaTable;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Delta: a night is staged as Parquet beside the tables; publishing replaces the partitions in one
 * commit that carries the publication's number, so that a repeat is skipped.
 */
final class DeltaFormat implements TableFormat {
  private static final String WRITER = "costlake";

  private final SparkSession spark;
  private final String root;

  DeltaFormat(SparkSession spark, String root) {
    this.spark = spark;
    this.root = root;
  }

  @Override
  public Optional<String> version(TableName table) {
    return DeltaTable.isDeltaTable(spark, path(table))
        ? Optional.of(
            Long.toString(
                DeltaTable.forPath(spark, path(table))
                    .history(1)
                    .select("version")
                    .first()
                    .getLong(0)))
        : Optional.empty();
  }

  @Override
  public void prepare(TableSpec spec) {
    if (version(spec.name()).isPresent()) {
      return;
    }
    spark.sql(
        "create table if not exists delta.`%s` (%s) using delta %s"
            .formatted(
                path(spec.name()),
                Columns.ddl(spec),
                spec.partitioning().by() == Partitioning.By.WHOLE
                    ? ""
                    : "partitioned by (`" + spec.partitioning().column() + "`)"));
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
  public String stage(String night, TableSpec spec, Dataset<Row> rows, Set<LocalDate> partitions) {
    prepare(spec);
    String folder = root + "/stage/" + night + "/" + spec.name();
    rows.write().mode(SaveMode.Overwrite).parquet(folder);
    return spec.partitioning().by() == Partitioning.By.WHOLE
        ? folder + "|"
        : folder
            + "|"
            + spec.partitioning().column()
            + " in ("
            + partitions.stream()
                .sorted()
                .map(d -> "date'" + d + "'")
                .collect(Collectors.joining(", "))
            + ")";
  }

  @Override
  public long rowsWritten(TableName table, String target) {
    return stagedRows(table, target).count();
  }

  @Override
  public Dataset<Row> staged(
      String night, TableSpec spec, Set<LocalDate> partitions, String target) {
    return stagedRows(spec.name(), target);
  }

  private Dataset<Row> stagedRows(TableName table, String target) {
    String folder = target.substring(0, target.indexOf('|'));
    return spark
        .read()
        .schema(DeltaTable.forPath(spark, path(table)).toDF().schema())
        .parquet(folder);
  }

  @Override
  public String publish(TableName table, String target, long sequence) {
    String condition = target.substring(target.indexOf('|') + 1);
    DataFrameWriter<Row> writer =
        stagedRows(table, target)
            .write()
            .format("delta")
            .mode(SaveMode.Overwrite)
            .option("txnAppId", WRITER)
            .option("txnVersion", sequence);
    if (!condition.isEmpty()) {
      writer = writer.option("replaceWhere", condition);
    }
    writer.save(path(table));
    return version(table).orElseThrow();
  }

  @Override
  public void append(TableSpec spec, Dataset<Row> rows) {
    prepare(spec);
    rows.write().format("delta").mode(SaveMode.Append).save(path(spec.name()));
  }

  @Override
  public void discard(String night, TableName table) {
    Files.delete(spark, root + "/stage/" + night);
  }

  @Override
  public String maintain(TableName table, Set<String> pinned, MaintenancePlan plan) {
    DeltaTable.forPath(spark, path(table)).vacuum(168.0);
    return "files of versions older than seven days removed";
  }

  private String path(TableName table) {
    return root + "/tables/" + table.namespace() + "/" + table.name();
  }
}
