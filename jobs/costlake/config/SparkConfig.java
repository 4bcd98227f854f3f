package costlake.config;

import java.util.Map;

/** The engine. The heap of the local process is the launcher's business ({@code COSTLAKE_HEAP}). */
public record SparkConfig(
    @Required @Description("Spark master; local[*] runs Spark inside this process.") String master,
    @Description("Further Spark properties, e.g. spark.sql.shuffle.partitions.")
        Map<String, String> properties) {
  public SparkConfig {
    properties = Map.copyOf(properties);
  }
}
