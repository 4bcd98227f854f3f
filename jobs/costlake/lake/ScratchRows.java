package costlake.lake;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The rows of a plan, in Parquet files below the folder {@code stage}. No table and no catalog
 * knows them, so they cannot be published.
 */
final class ScratchRows implements StagedRows {
  private final SparkSession spark;
  private final String root;

  ScratchRows(SparkSession spark, String root) {
    this.spark = spark;
    this.root = root;
  }

  @Override
  public String stage(
      String night, TableSpec spec, Dataset<Row> rows, Optional<Set<LocalDate>> partitions) {
    String folder = StageFolders.folder(root, night, spec.name());
    rows.select(columns(spec)).write().mode("overwrite").parquet(folder);
    return folder;
  }

  /** Returns the columns with the types of the table, to which a write to a table converts them. */
  private static Column[] columns(TableSpec spec) {
    return Arrays.stream(spec.columns().fields())
        .map(field -> functions.col(field.name()).cast(field.dataType()))
        .toArray(Column[]::new);
  }

  @Override
  public Map<LocalDate, Long> rows(TableSpec spec, String target) {
    if (spec.partitioning().isWhole()) {
      return Map.of(StageResult.WHOLE, read(spec, target).count());
    }
    Map<LocalDate, Long> counts = new HashMap<>();
    read(spec, target)
        .groupBy(spec.partitioning().dateColumn())
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getDate(0).toLocalDate(), row.getLong(1)));
    return counts;
  }

  @Override
  public String keep(TableSpec spec, String target, Set<LocalDate> partitions) {
    return target;
  }

  @Override
  public Dataset<Row> staged(TableSpec spec, Optional<Set<LocalDate>> partitions, String target) {
    Dataset<Row> rows = read(spec, target);
    return partitions
        .filter(days -> !spec.partitioning().isWhole())
        .map(days -> rows.filter(SqlFragments.in(spec.partitioning().dateColumn(), days)))
        .orElse(rows);
  }

  private Dataset<Row> read(TableSpec spec, String target) {
    return spark.read().schema(spec.columns()).parquet(target);
  }

  @Override
  public void discard(String night, TableName table) {
    new StageFolders(spark, root).remove(night, table);
  }
}
