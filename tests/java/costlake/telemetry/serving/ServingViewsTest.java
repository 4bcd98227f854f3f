package costlake.telemetry.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import costlake.config.Config;
import costlake.config.Source;
import costlake.core.DeliveredFile;
import costlake.core.Delivery;
import costlake.core.Reject;
import costlake.telemetry.Telemetry;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingViewsTest {
  private static final LocalDate DAY = Scrapes.DAY;
  private static final String COUNTER =
      "vllm:prompt_tokens_total{namespace=\"ml\",pod=\"llm-0\",service=\"llm\",model_name=\"m\"} ";

  @TempDir Path folder;
  private SparkSession spark;

  @BeforeEach
  void open() {
    spark = SparkHarness.spark().newSession();
  }

  @Test
  void hoursAndFindingsAreViews() throws IOException {
    scrape(DAY, "5", "2");
    Telemetry.register(spark, config(), List.of(delivery(DAY)), Set.of(DAY));

    assertThat(spark.sql("select * from bronze__serving_hours").collectAsList())
        .extracting(Row::toString)
        .containsExactly(
            "[live,2026-09-14,2026-09-14 00:00:00.0,c1,llm,ml,llm-0,m,null,vllm,null,null,"
                + "2.000000000,null,null,null,null,null,null]");
    assertThat(Telemetry.findings(spark, 10))
        .extracting(Reject::file, Reject::reason)
        .containsExactly(
            tuple(
                "c1 2026-09-14T00:00Z llm/ml/llm-0/m",
                "counters were reset; what they count since then counts"));
  }

  @Test
  void aDayWithoutFilesOfEnginesNeedsNoTask() throws IOException {
    Files.createDirectories(folder.resolve(DAY.toString()));
    Files.writeString(folder.resolve(DAY + "/node-role.json"), "[]");
    Telemetry.register(spark, config(), List.of(delivery(DAY)), Set.of(DAY));

    assertThat(spark.table("bronze__serving_hours").count()).isZero();
    assertThat(spark.table("bronze__serving_hours").queryExecution().optimizedPlan().toString())
        .startsWith("LocalRelation <empty>");
    assertThat(spark.catalog().isCached("bronze__serving")).isFalse();
  }

  @Test
  void onlyFilesOfEnginesChangeTheDaysOfEngines() throws IOException {
    scrape(DAY, "0", "2");
    Delivery before = delivery(DAY);
    Files.writeString(folder.resolve(DAY + "/node-role.json"), "[]");
    Delivery other = delivery(DAY);
    scrape(DAY.plusDays(1), "7", "8");

    assertThat(changed(List.of(before), List.of(other))).isEmpty();
    assertThat(changed(List.of(before), List.of(before, delivery(DAY.plusDays(1)))))
        .containsExactly(DAY.plusDays(1));
  }

  private Set<LocalDate> changed(List<Delivery> before, List<Delivery> after) {
    return Telemetry.changedDays(config(), before, after)
        .getOrDefault("bronze.serving_hours", Set.of());
  }

  private void scrape(LocalDate day, String first, String second) {
    new Scrapes(day)
        .at(0, COUNTER + first)
        .at(300, COUNTER + second)
        .write(folder.resolve(day.toString()), "serving-vllm");
  }

  private Delivery delivery(LocalDate day) throws IOException {
    try (var files = Files.list(folder.resolve(day.toString()))) {
      return new Delivery(
          "live",
          "prometheus",
          day,
          "first",
          files.sorted().map(p -> new DeliveredFile(p.toString(), 0, "", -1, 0)).toList(),
          Instant.EPOCH,
          "run",
          Delivery.Status.CURRENT);
    }
  }

  private Config config() {
    Config defaults = Config.defaults(folder);
    return new Config(
        defaults.company(),
        defaults.lake(),
        defaults.spark(),
        defaults.limits(),
        defaults.maintenance(),
        defaults.statement(),
        defaults.close(),
        defaults.approvals(),
        defaults.watch(),
        defaults.mail(),
        defaults.serve(),
        List.of(
            new Source(
                "live",
                "prometheus",
                folder.toString(),
                null,
                null,
                null,
                "c1",
                Scrapes.STEP_S,
                null,
                Map.of(),
                false,
                null,
                null)),
        List.of(),
        Map.of(),
        defaults.owners(),
        defaults.allocation(),
        defaults.budgets(),
        defaults.alertRoutes(),
        defaults.tagRules(),
        defaults.quotas(),
        defaults.acceleratorNames(),
        Map.of(),
        defaults.home());
  }
}
