package costlake.build;

import org.apache.spark.sql.SparkSession;

final class LocalSpark {
  private LocalSpark() {}

  static SparkSession spark() {
    return SparkSession.builder()
        .master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.catalogImplementation", "in-memory")
        .getOrCreate();
  }
}
