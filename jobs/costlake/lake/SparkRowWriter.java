package costlake.lake;

import costlake.core.Failure;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.functions;

/** Spark's own Parquet writer. */
final class SparkRowWriter implements RowWriter {
  @Override
  public void replace(
      String branch, TableSpec spec, Dataset<Row> rows, Optional<Set<LocalDate>> partitions) {
    try {
      Gathering.byPartition(spec, rows, partitions)
          .writeTo(branch)
          .overwrite(
              partitions
                  .map(days -> Columns.in(spec.partitioning().column(), days))
                  .orElse(functions.lit(true)));
    } catch (NoSuchTableException e) {
      throw Failure.internal("Cannot stage " + spec.name() + ": " + e.getMessage(), e);
    }
  }
}
