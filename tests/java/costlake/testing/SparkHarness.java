package costlake.testing;

import com.holdenkarau.spark.testing.JavaDatasetSuiteBase;
import costlake.config.LakeConfig;
import costlake.lake.Sessions;
import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark engine that all tests of the process share. Comparisons use spark-testing-base by
 * composition, because that library was built for an older Spark and would otherwise start its own
 * engine.
 */
public final class SparkHarness {
  private static final SparkSession ENGINE = start();
  private static final Comparison COMPARISON = new Comparison();

  private SparkHarness() {}

  private static SparkSession start() {
    SparkSession engine = Sessions.engine("local[2]", Map.of());
    Sessions.prepareFor(engine, Map.of(), 0);
    return engine;
  }

  /** Returns the shared session. Like all sessions of this class, it is configured for few rows. */
  public static SparkSession spark() {
    return ENGINE;
  }

  /** Creates a new session for a lake. */
  public static SparkSession session(LakeConfig lake) {
    SparkSession session = Sessions.session(ENGINE, lake);
    Sessions.prepareFor(session, Map.of(), 0);
    return session;
  }

  /** Returns the configuration of a lake in a format below a folder. */
  public static LakeConfig lake(LakeConfig.Format format, Path root) {
    return new LakeConfig(
        format,
        root.toString(),
        LakeConfig.NativeColumns.UNLISTED,
        new LakeConfig.Catalog("lake", LakeConfig.CatalogType.JDBC, null, null, Map.of()));
  }

  /**
   * Fails unless both datasets have the same columns and the same rows. The order of rows does not
   * matter.
   */
  public static void assertSameRows(Dataset<Row> expected, Dataset<Row> actual) {
    COMPARISON.assertDataFrameNoOrderEquals(expected, actual);
  }

  private static final class Comparison extends JavaDatasetSuiteBase {
    @Override
    public SparkSession spark() {
      return ENGINE;
    }

    @Override
    public SQLContext sqlContext() {
      return ENGINE.sqlContext();
    }

    @Override
    public boolean enableHiveSupport() {
      return false;
    }
  }
}
