package costlake.lake;

import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Where a night puts rows before readers see them. A <em>target</em> names staged rows. */
interface StagedRows {
  /**
   * Writes rows where readers do not see them.
   *
   * @param partitions the partitions that the rows replace; empty means the whole table
   * @return the target
   */
  String stage(
      String night, TableSpec spec, Dataset<Row> rows, Optional<Set<LocalDate>> partitions);

  /**
   * Returns the number of rows that a target has for each partition; for {@link StageResult#WHOLE}
   * if the table is replaced as a whole.
   */
  Map<LocalDate, Long> rows(TableSpec spec, String target);

  /**
   * Limits a target to some of its partitions. The other partitions stay as published. Returns the
   * new target.
   */
  String keep(TableSpec spec, String target, Set<LocalDate> partitions);

  /** Returns the staged rows of the replaced partitions. */
  Dataset<Row> staged(TableSpec spec, Optional<Set<LocalDate>> partitions, String target);

  /** Removes what a night staged for a table and did not publish. */
  void discard(String night, TableName table);
}
