package costlake.config;

import java.util.Map;

/** The engine. */
public record SparkConfig(
    @Required @Doc("Spark master; local[*] runs inside this process.") String master,
    @Required @Doc("Heap of the local process, e.g. 4g.") String driverMemory,
    @Doc("Further Spark properties, e.g. spark.sql.shuffle.partitions.")
        Map<String, String> properties) {
  public SparkConfig {
    if (!driverMemory.matches("\\d+[mg]")) {
      throw new IllegalArgumentException(
          "driver_memory '" + driverMemory + "' is not a size such as 4g or 900m");
    }
    properties = Map.copyOf(properties);
  }
}
