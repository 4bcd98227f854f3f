package costlake.lake;

import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.functions;
import scala.jdk.javaapi.CollectionConverters;

/** Keeps the number of data files down without paying for it on large bills. */
final class PartitionRebalance {
  /** Rows that are read from less than this are shuffled in a second or two. */
  private static final long LITTLE_BYTES = 64L << 20;

  private static final int FEW_PARTITIONS = 3;

  private PartitionRebalance() {}

  /**
   * Brings rows of one partition together before they are written, when they come from little and
   * go to many partitions: a year of small bills would otherwise leave a file for each day and
   * bill. Of large bills each task fills its files anyway, and a shuffle would cost more than the
   * write. Rows in memory are written by one task.
   */
  static Dataset<Row> byPartition(
      TableSpec spec, Dataset<Row> rows, Optional<Set<LocalDate>> partitions) {
    boolean few = partitions.map(days -> days.size() <= FEW_PARTITIONS).orElse(false);
    if (isInMemory(rows)) {
      return rows.coalesce(1);
    }
    if (spec.partitioning().isWhole() || few || bytesRead(rows) > LITTLE_BYTES) {
      return rows;
    }
    return rows.hint("rebalance", functions.col(spec.partitioning().dateColumn()));
  }

  private static boolean isInMemory(Dataset<Row> rows) {
    return rows.queryExecution().analyzed() instanceof LocalRelation;
  }

  /** Judged by the plan before optimisation: otherwise it would be optimised twice. */
  static double bytesRead(Dataset<Row> rows) {
    return CollectionConverters.asJava(rows.queryExecution().analyzed().collectLeaves()).stream()
        .filter(leaf -> !(leaf instanceof CTERelationRef))
        .mapToDouble(leaf -> leaf.stats().sizeInBytes().doubleValue())
        .sum();
  }
}
