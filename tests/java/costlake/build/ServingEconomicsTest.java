package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import costlake.testing.Duck;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** The cost of tokens against the examples of the page, and against a second computation. */
class ServingEconomicsTest {
  private static final Path PAGE = Path.of("docs/serving-economics.md");
  private static final Path SECOND = Path.of("tests/fixtures/duckdb/token_costs.sql");
  private static final List<String> AUDITS =
      List.of(
          "endpoint_costs_are_those_of_inference",
          "token_costs_add_up_to_endpoints",
          "each_hour_has_one_price");

  private final SparkSession spark = SparkHarness.spark();

  @TestFactory
  List<DynamicTest> recomputesTheExamplesOfThePage() throws IOException {
    List<PageExamples.Example> examples = PageExamples.of(PAGE);
    assertThat(examples).hasSize(3);
    return examples.stream()
        .map(
            example ->
                dynamicTest(
                    example.expected().get(0).rows().toString(),
                    () -> PageExamples.assertHolds(example, new ModelChain(spark))))
        .toList();
  }

  @Test
  void dividesTheSameCostAsDuckDb(@TempDir Path folder) throws IOException {
    Random random = new Random(26);
    ModelChain models = new ModelChain(spark);
    models.give("economics.use_costs", uses(random));
    models.give("telemetry.inference_hours", hours(random));
    models.give(
        "reference.token_prices",
        List.of(
            row(
                "vendor=amazon model=nova-pro input_usd=0.8 cached_input_usd=0.2 output_usd=3.2"
                    + " batch_factor=0.5")));
    models.give("reference.vendor_peers", List.of(row("vendor=amazon vendor_model=nova-pro")));
    String ours =
        Duck.table(models.rows("economics.token_costs"), folder, "ours")
            + Duck.table(models.rows("economics.use_costs"), folder, "use_costs")
            + Duck.table(models.rows("telemetry.inference_hours"), folder, "inference_hours");
    List<String> compared =
        Duck.rows(
            ours + Files.readString(SECOND),
            """
            select who, count(*), count(cost), count(usage_cost), count(api)
            from (
                select 'both' as who, * from (select * from compared intersect all select * from token_costs)
                union all
                select 'models', * from (select * from compared except all select * from token_costs)
                union all
                select 'DuckDB', * from (select * from token_costs except all select * from compared)
            )
            group by all order by all
            """);
    assertThat(compared).containsExactly("both | 37 | 37 | 21 | 32");
    AUDITS.forEach(name -> assertThat(models.audit(name)).as(name).isEmpty());
  }

  /** Three endpoints with traffic, one without, and cost whose endpoint is unknown. */
  private static List<Map<String, @Nullable Object>> uses(Random random) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String cost = money(random);
      rows.add(
          row(
              "usage_date=2026-09-%02d use_kind=%s team_id=t%d billing_currency=%s cost_kind=%s effective_cost=%s"
                  .formatted(
                      1 + random.nextInt(30),
                      random.nextInt(9) == 0 ? "training" : "inference",
                      random.nextInt(2),
                      random.nextInt(20) == 0 ? "EUR" : "USD",
                      List.of("direct", "direct", "shared", "idle", "credit")
                          .get(random.nextInt(5)),
                      cost)));
      Map<String, @Nullable Object> last = rows.get(rows.size() - 1);
      int endpoint = random.nextInt(6);
      last.put("endpoint_id", endpoint == 5 ? null : "e" + endpoint);
      if ("direct".equals(last.get("cost_kind")) && endpoint != 2) {
        last.put(
            "workload_idle_cost",
            new BigDecimal(cost).movePointLeft(1).setScale(21, RoundingMode.DOWN).toPlainString());
      }
    }
    return rows;
  }

  private static String money(Random random) {
    String digits =
        IntStream.range(0, 21).mapToObj(i -> "" + random.nextInt(10)).reduce("", String::concat);
    return random.nextInt(3000) + "." + digits;
  }

  /** Hours of e0 to e2; e1 has no seconds, and e2 has no cached tokens. */
  private static List<Map<String, @Nullable Object>> hours(Random random) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < 240; i++) {
      int endpoint = i % 3;
      long input = random.nextInt(9_000_000);
      long output = random.nextInt(900_000);
      Map<String, @Nullable Object> row =
          row(
              "usage_date=2026-09-%02d endpoint_id=e%d model_id=m%d tenant_id=t%d requests=%d input_tokens=%d output_tokens=%d"
                  .formatted(
                      1 + i % 30,
                      endpoint,
                      random.nextInt(2),
                      random.nextInt(4),
                      1 + random.nextInt(500),
                      input,
                      output));
      row.put("hour_start", row.get("usage_date") + " %02d:00:00".formatted(i % 24));
      if (endpoint != 1) {
        row.put("prefill_s", random.nextInt(900) + "." + random.nextInt(1000));
        row.put("decode_s", random.nextInt(2700) + ".5");
      }
      if (endpoint != 2) {
        row.put("cached_input_tokens", Long.toString(random.nextInt((int) input + 1)));
      }
      if (endpoint == 0) {
        row.put("batch_input_tokens", Long.toString(input / 3));
        row.put("batch_output_tokens", Long.toString(output / 4));
      }
      rows.add(row);
    }
    return rows;
  }

  private static Map<String, @Nullable Object> row(String text) {
    Map<String, @Nullable Object> row = new HashMap<>();
    for (String pair : text.split(" ", -1)) {
      row.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
    }
    return row;
  }
}
