package costlake.config;

import java.util.Map;

/** Settings of Spark. The environment variable COSTLAKE_HEAP sets the heap of the local process. */
public record SparkConfig(
    @Required @Description("Spark master; local[*] runs Spark inside this process.") String master,
    @Description("Further Spark properties, e.g. spark.sql.shuffle.partitions.")
        Map<String, String> properties) {
  public SparkConfig {
    properties = Map.copyOf(properties);
  }
}
