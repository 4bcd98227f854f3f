package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.core.Failure;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says when it fails, and its exit code. */
class FailuresTest {
  @TempDir Path folder;

  @Test
  void aDamagedPageIsWrongDataAlsoWhereItCouldBeReadAsOtherText() throws IOException {
    SparkSession spark = SparkHarness.spark();
    Path table = folder.resolve("table");
    spark
        .range(100_000)
        .selectExpr("uuid() as id")
        .coalesce(1)
        .write()
        .option("compression", "none")
        .parquet(table.toString());
    Path file = parquet(table);
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    Exception failure = null;
    try {
      spark.read().parquet(table.toString()).selectExpr("max(id)").collectAsList();
    } catch (Exception e) {
      failure = e;
    }
    StringWriter said = new StringWriter();
    int code =
        Failures.report(
            Failure.internal("Cannot build focus.cost_and_usage", failure),
            new PrintWriter(said, true));
    assertThat(said.toString())
        .contains("Cannot read ", file.getFileName().toString(), "damaged: deliver it again");
    assertThat(code).isEqualTo(3);
  }

  private static Path parquet(Path table) throws IOException {
    try (Stream<Path> files = Files.list(table)) {
      return files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }
}
