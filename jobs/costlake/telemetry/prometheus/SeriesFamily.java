package costlake.telemetry.prometheus;

import costlake.config.Source;
import costlake.core.Delivery;
import costlake.core.Reject;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/**
 * A family of telemetry: says what the series of Prometheus sources mean, and makes hours of them.
 * A kind of source names its families under {@code series} in {@code kind.yml}.
 */
public interface SeriesFamily {
  /** Name of the family in {@code kind.yml}. */
  String name();

  /** The metrics that the family reads. */
  MetricFiles metrics();

  /** The relations that models read, e.g. {@code bronze.k8s_node_hours}. */
  Set<String> relations();

  /**
   * Registers a temporary view for each relation. A view is computed when it is read.
   *
   * @param sources the sources of this family
   * @param current the current deliveries of all sources
   * @param days days of the views; days that were not delivered have no rows
   */
  void register(
      SparkSession spark, Collection<Source> sources, List<Delivery> current, Set<LocalDate> days);

  /** Returns the days on which the relations differ between two sets of deliveries. */
  Set<LocalDate> changedDays(
      Collection<Source> sources, List<Delivery> before, List<Delivery> after);

  /**
   * Returns the faults in the measurements of the registered days as rows for {@code ops.rejects}.
   *
   * @param limit maximum number of findings; takes the first by source, day, hour and subject
   */
  List<Reject> findings(SparkSession spark, int limit);
}
