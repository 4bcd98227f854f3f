package costlake.lake;

import costlake.config.LakeConfig;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;

/**
 * The operations that the lake needs from a table format. A new format implements only this
 * interface. {@link #publish} publishes the target that {@link #stage} returns.
 */
interface TableFormat extends StagedRows {
  /** Returns the setting that selects this format. */
  LakeConfig.Format setting();

  /** Returns the current version of a table; empty if the table does not exist. */
  Optional<String> version(TableName table);

  /** Reads a table at a version. */
  Dataset<Row> at(TableName table, String version);

  /**
   * Returns the rows of a small table at a version, read without an execution. Returns empty if
   * only Spark can read them.
   */
  default Optional<List<InternalRow>> fewRows(TableName table, String version) {
    return Optional.empty();
  }

  /** Returns an SQL relation of a table at a version, for views. */
  String relation(TableName table, String version);

  /**
   * Whether a publication that is not in the journal changed a table. This happens if catalog and
   * journal are restored from different nights: the next publication then gets the number of the
   * lost publication.
   *
   * @param published the version that readers see, or empty if readers do not see the table yet
   */
  boolean isAhead(TableName table, Optional<String> published);

  /**
   * Restores a table that is ahead to the version that readers see. Removes all rows if readers do
   * not see the table yet. If the restore is interrupted, the table is still ahead.
   */
  void takeBack(TableName table, Optional<String> published);

  /**
   * Writes rows where readers do not see them. The format decides when a new table or a new column
   * is created: in this call (Iceberg) or in {@link #publish} (Delta).
   *
   * @param partitions the partitions that the rows replace; empty means the whole table
   * @return the target
   */
  @Override
  String stage(
      String night, TableSpec spec, Dataset<Row> rows, Optional<Set<LocalDate>> partitions);

  /** Publishes a target. A repeat does nothing. Returns the new version of the table. */
  String publish(TableName table, String target, long sequence);

  /**
   * Returns the folders on a local disk with the files of a table, including staged files; none for
   * tables in a bucket.
   */
  List<Path> folders(TableName table);

  /**
   * Keeps rows of a version forever; maintenance does not remove them. A repeat does nothing.
   *
   * @param label name of the kept rows, unique for the table
   * @param rows condition for the rows of the version to keep
   * @return the pin, for {@link #pinned}
   */
  String pin(TableName table, String version, String label, Column rows);

  /** Returns the rows of a pin. May also return other rows of the pinned version. */
  Dataset<Row> pinned(TableName table, String pin);

  /**
   * Appends rows that readers see at once, without a publication.
   *
   * @param rows a relation in memory
   */
  void append(TableSpec spec, Dataset<Row> rows);

  /** Removes the files of an interrupted night, including those that no commit refers to. */
  void sweep(String night, TableName table);

  /** Merges the small files of a table that only grows. Returns the number of merged files. */
  long merge(TableName table, MaintenancePlan plan);

  /** Expires versions and removes unknown files; returns a description of the work. */
  String expire(TableName table, Set<String> pinnedVersions, MaintenancePlan plan);
}
