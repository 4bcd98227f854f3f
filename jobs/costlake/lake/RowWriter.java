package costlake.lake;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** How rows become data files of an Iceberg branch; chosen by {@code lake.writer}. */
interface RowWriter {
  /**
   * Replaces partitions of a branch in one commit.
   *
   * @param branch the table in SQL, with its branch
   * @param partitions what is replaced; empty means all
   */
  void replace(
      String branch, TableSpec spec, Dataset<Row> rows, Optional<Set<LocalDate>> partitions);
}
