package costlake.night;

import costlake.testing.Duck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Compares what parents and their children cost with a recursive query in DuckDB ({@code
 * tests/fixtures/duckdb/parent_runs.sql}) over the files of a tracker.
 */
final class ParentRunsAgain {
  private ParentRunsAgain() {}

  /**
   * Returns what DuckDB finds otherwise.
   *
   * @param parents query of DuckDB for the run and the parent of each run that has one
   * @param folder folder for files that DuckDB reads
   */
  static List<String> differences(SparkSession spark, String parents, Path folder)
      throws IOException {
    return Duck.differences(
        "create table parents as %s;\n".formatted(parents)
            + Duck.table(
                spark.table("economics.training_runs").where("part = 'run'"), folder, "runs")
            + Duck.table(spark.table("economics.parent_runs"), folder, "parent_runs")
            + Files.readString(Path.of("tests/fixtures/duckdb/parent_runs.sql")),
        "compared",
        "parents_again");
  }
}
