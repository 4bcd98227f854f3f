package costlake.lake;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.functions;
import scala.jdk.javaapi.CollectionConverters;

/** Limits the number of data files of small bills, without an extra shuffle for large bills. */
final class PartitionRebalance {
  /**
   * Largest size of inputs whose rows are shuffled. A shuffle of this size takes a second or two.
   */
  private static final long LITTLE_BYTES = 64L << 20;

  private static final int FEW_PARTITIONS = 3;

  private PartitionRebalance() {}

  /**
   * Shuffles rows by partition before they are written if the inputs are small and there are many
   * partitions. Without this, a year of small bills would give one file for each day and bill. For
   * large bills, each task fills its files anyway, and a shuffle would take longer than the write.
   * One task writes rows that are in memory.
   */
  static Dataset<Row> byPartition(
      TableSpec spec, Dataset<Row> rows, Optional<Set<LocalDate>> partitions) {
    boolean few = partitions.map(days -> days.size() <= FEW_PARTITIONS).orElse(false);
    if (PlannedRows.isInMemory(rows)) {
      return rows.coalesce(1);
    }
    if (spec.partitioning().isWhole() || few || bytesRead(rows) > LITTLE_BYTES) {
      return rows;
    }
    return rows.hint("rebalance", functions.col(spec.partitioning().dateColumn()));
  }

  /**
   * Returns the size of the inputs in the plan before optimisation, because Spark would otherwise
   * optimise the plan twice.
   */
  static double bytesRead(Dataset<Row> rows) {
    return CollectionConverters.asJava(rows.queryExecution().analyzed().collectLeaves()).stream()
        .filter(leaf -> !(leaf instanceof CTERelationRef))
        .mapToDouble(leaf -> leaf.stats().sizeInBytes().doubleValue())
        .sum();
  }
}
