package costlake.decide;

import java.util.Collection;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * A relation that models read and that follows from decisions. A night builds the models that read
 * it again when the decisions in force have changed.
 *
 * @param relation name of the input of the models, e.g. {@code ops.closed_months}
 */
public record DecisionInput<T>(String relation, Rows<T> rows) {
  /** Computes the rows of the relation. */
  public interface Rows<T> {
    /**
     * Returns the rows.
     *
     * @param inForce the decisions in force, in the order of their subjects
     * @param columns columns of the relation, as its contract lists them
     */
    Dataset<Row> of(
        SparkSession spark, Collection<Decision<T>> inForce, Pins pins, StructType columns);
  }
}
