package costlake.telemetry;

import org.apache.spark.sql.SparkSession;

/** One small session for the tests of this room. */
final class SparkTesting {
  private SparkTesting() {}

  static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("telemetry")
        .config("spark.ui.enabled", false)
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", 2)
        .getOrCreate();
  }
}
