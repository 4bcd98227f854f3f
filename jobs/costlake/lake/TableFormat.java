package costlake.lake;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * All that a table format does for the lake. Whoever adds a format implements this and nothing
 * else.
 */
interface TableFormat {
  /** The version of a table now, or empty when there is no such table. */
  Optional<String> version(TableName table);

  /** Makes the table when it is not there, and adds columns that the specification has on top. */
  void prepare(TableSpec spec);

  /** A table as it was at a version. */
  Dataset<Row> at(TableName table, String version);

  /** The same as a relation in SQL, for views. */
  String relation(TableName table, String version);

  /**
   * Writes rows aside: they replace exactly the given partitions (the table when it is replaced as
   * a whole).
   *
   * @return what {@link #publish} moves the table to
   */
  String stage(String night, TableSpec spec, Dataset<Row> rows, Set<LocalDate> partitions);

  /** How many rows staging wrote. */
  long rowsWritten(TableName table, String target);

  /** The rows staged, of the replaced partitions only. */
  Dataset<Row> staged(String night, TableSpec spec, Set<LocalDate> partitions, String target);

  /** Moves the table; a repeat does nothing. Returns the version reached. */
  String publish(TableName table, String target, long sequence);

  /** Adds rows at once, outside of any night. */
  void append(TableSpec spec, Dataset<Row> rows);

  /** Drops what a night staged for a table and did not publish. */
  void discard(String night, TableName table);

  /** Expires, merges and sweeps one table; returns what was done, in words. */
  String maintain(TableName table, Set<String> pinnedVersions, MaintenancePlan plan);
}
