package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import costlake.testing.Duck;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The cost of runs against the examples of the page, and against a second computation. */
class TrainingEconomicsTest {
  private static final Path PAGE = Path.of("docs/economics.md");
  private static final Path SECOND = Path.of("tests/fixtures/duckdb/training_runs.sql");
  private static final LocalDateTime START = LocalDateTime.of(2026, 7, 1, 0, 0);
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");
  private static final List<String> AUDITS =
      List.of("parts_of_attempts_add_up", "runs_and_unjoined_conserved", "life_costs_conserved");

  private static final List<Map<String, @Nullable Object>> METRICS =
      List.of(
          Map.of("metric", "accuracy", "better", "higher", "point", "0.01", "rank", "1"),
          Map.of("metric", "loss", "better", "lower", "point", "0.1", "rank", "2"));

  private static final String COVERED =
      """
      select count(distinct run_id) > 50, count(repeated) > 50, count(per_point) > 10 from compared
      """;

  private final SparkSession spark = SparkHarness.spark();

  @TestFactory
  List<DynamicTest> recomputesTheExamplesOfThePage() throws IOException {
    List<PageExamples.Example> examples = PageExamples.of(PAGE);
    assertThat(examples).hasSize(2);
    assertThat(examples.get(1).expected()).hasSize(10);
    return examples.stream()
        .map(
            example ->
                dynamicTest(
                    example.expected().get(0).relation(),
                    () -> PageExamples.assertHolds(example, new ModelChain(spark))))
        .toList();
  }

  @Test
  void pricesRunsAsDuckDbDoes(@TempDir Path folder) throws IOException {
    Random random = new Random(26);
    ModelChain models = new ModelChain(spark);
    List<Map<String, @Nullable Object>> attempts = attempts(random);
    models.give("telemetry.run_attempts", attempts);
    models.give("economics.use_costs", costs(random, attempts));
    models.give("reference.metrics", METRICS);
    String tables =
        Duck.table(models.rows("economics.training_runs"), folder, "ours")
            + Duck.table(models.rows("economics.use_costs"), folder, "use_costs")
            + Duck.table(
                models.rows("telemetry.run_attempts").drop("labels"), folder, "run_attempts")
            + Duck.table(models.rows("reference.metrics"), folder, "known_metrics");
    String script = tables + Files.readString(SECOND);
    assertThat(Duck.differences(script, "compared", "training_runs")).isEmpty();
    assertThat(Duck.rows(script, COVERED)).containsExactly("true | true | true");
    models.rows("economics.model_life");
    AUDITS.forEach(name -> assertThat(models.audit(name)).as(name).isEmpty());
  }

  /** Runs of three models with one to six attempts each. */
  private static List<Map<String, @Nullable Object>> attempts(Random random) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (int run = 0; run < 80; run++) {
      int attempts = 1 + random.nextInt(6);
      LocalDateTime at = START.plusHours(random.nextInt(1500));
      String version = random.nextInt(4) == 0 ? null : "v" + random.nextInt(5);
      String parent = run > 0 && random.nextInt(3) == 0 ? "r" + random.nextInt(run) : null;
      String experiment = pick(random, "e1", "e2", "e3", null);
      String kind = pick(random, "training", "training", "training", "notebook");
      String model = "m" + random.nextInt(3);
      for (int attempt = 1; attempt <= attempts; attempt++) {
        long worked_s = 1L + random.nextInt(80_000);
        Map<String, @Nullable Object> row = new HashMap<>();
        row.put("run_id", "r" + run);
        row.put("attempt", Integer.toString(attempt));
        row.put("run_kind", kind);
        row.put("model_id", model);
        row.put("model_version", version);
        row.put("experiment_id", experiment);
        row.put("parent_run_id", parent);
        row.put("status", pick(random, "failed", "preempted", "stopped", "completed", null));
        row.put("metrics", metrics(random));
        row.put("started_at", time(at, 0, random));
        row.put("ended_at", random.nextInt(12) == 0 ? null : time(at, worked_s, random));
        row.put("checkpoints", checkpoints(random, at, worked_s));
        row.put("interruptions", interruptions(random, at, worked_s));
        rows.add(row);
        at = at.plusSeconds(worked_s + 60);
      }
    }
    return rows;
  }

  private static @Nullable String pick(Random random, @Nullable String... values) {
    return values[random.nextInt(values.length)];
  }

  private static String time(LocalDateTime at, long later_s, Random random) {
    return at.plusSeconds(later_s).plusNanos(random.nextInt(1_000_000) * 1000L).format(TIME);
  }

  private static Map<String, String> metrics(Random random) {
    Map<String, String> metrics = new HashMap<>();
    if (random.nextInt(4) > 0) {
      metrics.put("accuracy", random.nextInt(9) == 0 ? "NaN" : "0." + random.nextInt(1000));
    }
    if (random.nextBoolean()) {
      metrics.put("loss", random.nextInt(4) + "." + random.nextInt(1000));
    }
    return metrics;
  }

  /** Up to three checkpoints within the first third of the attempt, before any interruption. */
  private static List<String> checkpoints(Random random, LocalDateTime at, long worked_s) {
    return IntStream.range(0, random.nextInt(4))
        .mapToObj(i -> time(at, 1 + worked_s * (1 + random.nextInt(30)) / 100, random))
        .sorted()
        .toList();
  }

  /** Up to two interruptions after the first third of the attempt, one after the other. */
  private static List<Map<String, String>> interruptions(
      Random random, LocalDateTime at, long worked_s) {
    if (worked_s < 1000) {
      return List.of();
    }
    return IntStream.range(0, random.nextInt(3))
        .mapToObj(
            i ->
                Map.of(
                    "started_at", time(at, worked_s * (40 + 30 * i) / 100, random),
                    "ended_at", time(at, worked_s * (50 + 30 * i) / 100, random)))
        .toList();
  }

  /** Cost of most attempts, some in two currencies, and cost without a run. */
  private static List<Map<String, @Nullable Object>> costs(
      Random random, List<Map<String, @Nullable Object>> attempts) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < 900; i++) {
      Map<String, @Nullable Object> attempt = attempts.get(random.nextInt(attempts.size()));
      Map<String, @Nullable Object> row = new HashMap<>();
      boolean joined = random.nextInt(5) > 0;
      row.put("run_id", joined ? attempt.get("run_id") : null);
      row.put("attempt", joined ? attempt.get("attempt") : null);
      row.put("use_kind", joined ? attempt.get("run_kind") : pick(random, "inference", null));
      row.put("workload_id", random.nextBoolean() ? "ml/p" : null);
      row.put("team_id", "t" + random.nextInt(3));
      row.put("model_id", attempt.get("model_id"));
      row.put("billing_currency", random.nextInt(9) == 0 ? "EUR" : "USD");
      row.put("billing_month", "2026-0%d-01".formatted(7 + random.nextInt(3)));
      row.put("cost_kind", pick(random, "direct", "direct", "idle", "shared", "credit"));
      row.put("service_category", pick(random, "Compute", "Storage", "Networking"));
      row.put("effective_cost", money(random));
      row.put("billed_cost", money(random));
      row.put("list_cost", money(random));
      rows.add(row);
    }
    return rows;
  }

  private static String money(Random random) {
    String digits =
        IntStream.range(0, 21).mapToObj(i -> "" + random.nextInt(10)).reduce("", String::concat);
    return random.nextInt(100) + "." + digits;
  }
}
