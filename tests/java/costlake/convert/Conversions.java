package costlake.convert;

import costlake.config.Config;
import costlake.core.Progress;
import costlake.testing.SparkHarness;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.internal.io.FileCommitProtocol;
import org.apache.spark.sql.SparkSession;

/** Runs conversions with the embedded configuration. */
public final class Conversions {
  static final Path EVERY_LINE_TYPE = Path.of("tests/fixtures/focus/aws_every_line_type.csv");

  private Conversions() {}

  public static ConvertReport parquet(Path to, Path... paths) {
    return parquet(to, FocusVersion.V1_4, paths);
  }

  static ConvertReport parquet(Path to, FocusVersion version, Path... paths) {
    return run(to, ConvertRequest.Format.PARQUET, version, Arrays.asList(paths));
  }

  static ConvertReport csv(Path to, Path... paths) {
    return run(to, ConvertRequest.Format.CSV, FocusVersion.V1_4, Arrays.asList(paths));
  }

  private static ConvertReport run(
      Path to, ConvertRequest.Format format, FocusVersion version, List<Path> paths) {
    return run(SparkHarness.spark().newSession(), to, format, version, paths);
  }

  /** Converts in a session whose writes fail. */
  static ConvertReport withoutWriter(
      Path to, ConvertRequest.Format format, FocusVersion version, List<Path> paths) {
    SparkSession spark = SparkHarness.spark().newSession();
    spark.conf().set("spark.sql.sources.commitProtocolClass", FileCommitProtocol.class.getName());
    return run(spark, to, format, version, paths);
  }

  private static ConvertReport run(
      SparkSession spark,
      Path to,
      ConvertRequest.Format format,
      FocusVersion version,
      List<Path> paths) {
    return Convert.run(
        spark,
        Config.defaults(to.resolve("conf")),
        new ConvertRequest(paths, Optional.empty(), to, format, version),
        Progress.SILENT);
  }
}
