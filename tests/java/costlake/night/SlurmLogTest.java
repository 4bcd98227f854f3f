package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.build.ConfigurationViews;
import costlake.build.Functions;
import costlake.build.ModelViews;
import costlake.config.Config;
import costlake.config.SourceKinds;
import costlake.core.Delivery;
import costlake.core.Progress;
import costlake.land.Bronze;
import costlake.land.LandResult;
import costlake.land.Landing;
import costlake.model.Graph;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.testing.Shared;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Reads a real, anonymised job log of a Slurm cluster, and compares its hours with the daily
 * results that XDMoD published of the same log. XDMoD splits jobs at midnight UTC, and prints four
 * digits.
 */
class SlurmLogTest {
  private static final int DIGITS = 4;

  @TempDir Path folder;

  @Test
  void hoursOfEachDayEqualThePublishedResults() throws IOException {
    Path data = Shared.path("data/slurm-xdmod");
    SparkSession spark = SparkHarness.spark().newSession();
    Functions.register(spark);
    List<Delivery> landed = landed(data.resolve("phillips.log.gz"));
    register(spark, landed);

    assertThat(landed).hasSize(1).allSatisfy(d -> assertThat(d.rejected()).isZero());
    assertThat(measured(spark))
        .hasSize(36)
        .isEqualTo(published(data.resolve("phillips_expected_daily.csv")));
  }

  private List<Delivery> landed(Path log) throws IOException {
    Path month = Files.createDirectories(folder.resolve("slurm/2016-12"));
    Files.copy(log, month.resolve("phillips.log.gz"));
    LandResult result =
        Landing.land(config(), "run", Instant.EPOCH, List.of(), Set.of(), Progress.SILENT);
    assertThat(result.refused()).isEmpty();
    return result.landed();
  }

  private Config config() throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(
        conf.resolve("sources.yml"),
        "sources:\n  - {id: batch, kind: slurm, location: ../slurm}\n");
    return Config.load(conf, null, Map.of("lake.root", folder.resolve("lake").toString()));
  }

  private void register(SparkSession spark, List<Delivery> landed) throws IOException {
    Bronze.register(spark, config(), landed);
    Graph graph = Models.embedded(SourceKinds.active(Set.of("slurm"))).compile();
    ConfigurationViews.register(spark, config(), graph);
    ModelViews.register(
        spark,
        graph,
        List.of(RelationName.parse("telemetry.interval_hours")),
        Set.of(),
        (model, query) -> query);
  }

  /** Day and metric to the figure. XDMoD counts a job on the day on which it ended. */
  private static Map<String, BigDecimal> measured(SparkSession spark) {
    Map<String, BigDecimal> figures = new TreeMap<>();
    spark
        .sql(
            """
            select usage_date, sum(cpu_core_s) as total_cpu_hours, sum(accelerator_s) as total_gpu_hours,
                sum(held_s) as total_wallduration_hours
            from (
                select usage_date, hour_start, workload_id, attempt, sum(cpu_core_s) as cpu_core_s,
                    sum(accelerator_s) as accelerator_s, max(held_s) as held_s
                from telemetry__interval_hours group by all
            )
            group by all\
            """)
        .collectAsList()
        .forEach(
            row -> {
              for (int i = 1; i < row.size(); i++) {
                figures.put(key(row, row.schema().fieldNames()[i]), hours(row.getDecimal(i)));
              }
            });
    spark
        .sql(
            "select cast(ended_at as date), count(*) from telemetry__intervals"
                + " where ended_at is not null group by all")
        .collectAsList()
        .forEach(
            row ->
                figures.put(
                    key(row, "job_count"), BigDecimal.valueOf(row.getLong(1) * 10_000L, DIGITS)));
    return figures;
  }

  private static String key(Row row, String metric) {
    return row.get(0) + " " + metric;
  }

  private static BigDecimal hours(BigDecimal seconds) {
    return seconds.divide(BigDecimal.valueOf(3600), DIGITS, RoundingMode.HALF_UP);
  }

  private static Map<String, BigDecimal> published(Path results) throws IOException {
    Map<String, BigDecimal> figures = new TreeMap<>();
    List<String> lines = Files.readAllLines(results);
    for (String line : lines.subList(1, lines.size())) {
      String[] cells = line.split(",", -1);
      figures.put(
          cells[0] + " " + cells[1],
          new BigDecimal(cells[2]).setScale(DIGITS, RoundingMode.UNNECESSARY));
    }
    figures.values().removeIf(figure -> figure.signum() == 0);
    return figures;
  }
}
