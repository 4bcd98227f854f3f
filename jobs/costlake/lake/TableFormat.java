package costlake.lake;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * All that a table format does for the lake. Whoever adds a format implements this and nothing
 * else. A <em>target</em> is what {@link #stage} made and {@link #publish} moves the table to.
 */
interface TableFormat {
  /** The version of a table now, or empty when there is no such table. */
  Optional<String> version(TableName table);

  /** A table as it was at a version. */
  Dataset<Row> at(TableName table, String version);

  /** A table at a version as a relation in SQL, for views. */
  String relation(TableName table, String version);

  /**
   * Whether a publication that is in no journal moved a table on: one that was lost when catalog
   * and journal were put back as of different nights, and whose number another one gets.
   *
   * @param published the version that readers see, or empty for a table that is new to them
   */
  boolean isAhead(TableName table, Optional<String> published);

  /**
   * Takes a table that is ahead back to the version that readers see, or empties it. Cut off, it
   * leaves the table ahead.
   */
  void takeBack(TableName table, Optional<String> published);

  /**
   * Writes rows aside. A new table and new columns exist at the latest when they are published.
   *
   * @param partitions the partitions that the rows replace; empty means the whole table
   * @return the target
   */
  String stage(
      String night, TableSpec spec, Dataset<Row> rows, Optional<Set<LocalDate>> partitions);

  /**
   * Number of rows that a target adds to each partition; {@link StageResult#WHOLE} is used for a
   * table that is replaced as a whole.
   */
  Map<LocalDate, Long> rows(TableSpec spec, String target);

  /** Narrows a target to some of its partitions, so that the others stay as published. */
  String keep(TableSpec spec, String target, Set<LocalDate> partitions);

  /** The rows staged, of the replaced partitions only. */
  Dataset<Row> staged(TableSpec spec, Optional<Set<LocalDate>> partitions, String target);

  /** Moves the table; a repeat does nothing. Returns the version reached. */
  String publish(TableName table, String target, long sequence);

  /** Folders on a disk with the files of a table, staged ones included; none in a bucket. */
  List<Path> folders(TableName table);

  /**
   * Keeps a version forever, also through maintenance; a repeat changes nothing.
   *
   * @param label name of what is kept, unique for the table
   * @param rows those of the version that have to be kept
   * @return where they are kept, for {@link #pinned}
   */
  String pin(TableName table, String version, String label, Column rows);

  /** The rows that were kept: at least the requested ones. */
  Dataset<Row> pinned(TableName table, String pin);

  /** Adds rows at once, outside of any night. */
  void append(TableSpec spec, Dataset<Row> rows);

  /** Drops what a night staged for a table and did not publish. */
  void discard(String night, TableName table);

  /** Drops the files of an interrupted night, including those that no commit refers to. */
  void sweep(String night, TableName table);

  /** Merges the small files of a table that only grows. Returns how many went into larger ones. */
  long merge(TableName table, MaintenancePlan plan);

  /** Expires versions and removes unknown files; returns a description of the work. */
  String expire(TableName table, Set<String> pinnedVersions, MaintenancePlan plan);
}
