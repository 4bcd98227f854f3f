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
 * One engine for all tests of the process; comparisons come from spark-testing-base, by
 * composition, because that library was built for an older engine and would otherwise start one of
 * its own.
 */
public final class SparkHarness {
  private static final SparkSession ENGINE = start();
  private static final Comparison COMPARISON = new Comparison();

  private SparkHarness() {}

  private static SparkSession start() {
    SparkSession engine = Sessions.engine("local[2]", Map.of());
    Sessions.prepareFor(engine, Map.of(), 0, 0);
    return engine;
  }

  /** The shared session, made for few rows like every one of this class. */
  public static SparkSession spark() {
    return ENGINE;
  }

  /** A session of its own for a lake below a folder. */
  public static SparkSession session(LakeConfig lake) {
    SparkSession session = Sessions.session(ENGINE, lake);
    Sessions.prepareFor(session, Map.of(), 0, 0);
    return session;
  }

  /** A lake of a format below a folder. */
  public static LakeConfig lake(LakeConfig.Format format, Path root) {
    return new LakeConfig(
        format,
        root.toString(),
        new LakeConfig.Catalog("lake", LakeConfig.CatalogType.JDBC, null, null, Map.of()));
  }

  /** Fails unless both hold the same rows with the same columns, whatever their order. */
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
