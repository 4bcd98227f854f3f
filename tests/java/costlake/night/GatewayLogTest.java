package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import costlake.build.ConfigurationViews;
import costlake.build.Functions;
import costlake.build.ModelViews;
import costlake.config.Config;
import costlake.core.Delivery;
import costlake.core.Progress;
import costlake.core.Reject;
import costlake.land.Bronze;
import costlake.land.LandResult;
import costlake.land.Landing;
import costlake.model.Graph;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.telemetry.Telemetry;
import costlake.testing.Shared;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads logs of gateways, and makes hours of their requests. */
class GatewayLogTest {
  private static final String ENVOY =
      "{id: gw, kind: gateway, location: ../log, columns: {requested_at: start_time, request_id:"
          + " x_request_id, endpoint_id: route, model_id: response_model, model_asked:"
          + " request_model, tenant_id: team, status: response_code, input_tokens: prompt_tokens,"
          + " cached_input_tokens: cached_tokens, output_tokens: completion_tokens, latency_ms:"
          + " duration}}";

  @TempDir Path folder;
  private SparkSession spark;

  @BeforeEach
  void open() {
    spark = SparkHarness.spark().newSession();
    Functions.register(spark);
  }

  @Test
  void retriesCountOnceAndNegativeTokensAreRejected() throws IOException {
    copy("sources/gateway/fixture/2026-09/requests.jsonl", "2026-09/requests.jsonl");
    LandResult landed = land(ENVOY);

    assertThat(landed.rejects())
        .extracting(Reject::row, Reject::reason)
        .containsExactly(tuple(4L, "prompt_tokens is not a whole number from 0: '-7'"));
    assertThat(hours(ENVOY, landed))
        .containsExactly(
            "2026-09-14 10:00:00|chat|llama-8b|risk|1|0|40||8|0.4|gateway",
            "2026-09-14 10:00:00|chat|llama-8b|search|1|0|120|64|30|0.9|gateway");
  }

  @Test
  void linesThatAreCutAreNamed() throws IOException {
    String line = "{\"at\":\"2026-09-14T10:00:00Z\",\"in\":5}\n";
    String source =
        "{id: gw, kind: gateway, location: ../log, columns: {requested_at: at, input_tokens: in}}";
    write("2026-09/whole.jsonl", line + line.substring(0, 20) + "\n" + line);
    LandResult landed = land(source);

    assertThat(landed.rejects()).extracting(Reject::row).containsExactly(2L);
    assertThat(hours(source, landed)).containsExactly("2026-09-14 10:00:00|gw|||2||10||||gateway");

    write("2026-09/cut.jsonl", line + line.substring(0, 20));
    LandResult cut = land(source);
    assertThat(cut.refused()).isEmpty();
    assertThat(cut.notices())
        .extracting(LandResult.Notice::message)
        .anyMatch(message -> message.startsWith("its last good records still count: "));
  }

  @Test
  void anExportOfLiteLlmHasHours() throws IOException {
    String source = "{id: llm, kind: litellm, location: ../log}";
    copy("sources/litellm/fixture/2026-09/spend.csv", "2026-09/spend.csv");
    LandResult landed = land(source);

    assertThat(landed.rejects()).hasSize(1);
    assertThat(hours(source, landed))
        .containsExactly(
            "2026-09-14 10:00:00|api.openai.com|gpt-4o|risk|1|0|40||8|1|gateway",
            "2026-09-14 10:00:00|llama|meta-llama/Llama-3|search|1|0|120|64|30|1.5|gateway");
  }

  @Test
  void aRealTraceKeepsEveryTokenAndRequest() throws IOException {
    Path trace = Shared.path("data/llm-azure/AzureLLMInferenceTrace_code.csv.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(trace))) {
      Files.createDirectories(folder.resolve("log"));
      Files.copy(in, folder.resolve("log/trace.csv"));
    }
    String source =
        "{id: trace, kind: gateway, location: ../log, columns: {requested_at: TIMESTAMP,"
            + " input_tokens: ContextTokens, output_tokens: GeneratedTokens}}";
    LandResult landed = land(source);

    assertThat(landed.rejects()).isEmpty();
    assertThat(hours(source, landed))
        .containsExactly(
            "2023-11-16 18:00:00|trace|||7717||15710990||213958||gateway",
            "2023-11-16 19:00:00|trace|||1102||2348984||31938||gateway");
    assertThat(pricesOnVendors()).containsAllEntriesOf(expectedPrices());
  }

  /** Returns the prices that the engine of genai-prices computes for the same trace, by model. */
  private static Map<String, String> expectedPrices() throws IOException {
    Map<String, String> prices = new TreeMap<>();
    try (Stream<String> lines = Files.lines(Shared.path("data/llm-azure/expected_cost_code.csv"))) {
      lines
          .skip(1)
          .map(line -> line.split(","))
          .forEach(cells -> prices.put(cells[3], plain(new BigDecimal(cells[7]))));
    }
    assertThat(prices).hasSize(6).containsEntry("gpt-4o", "47.608895");
    return prices;
  }

  /** Compares the hours of the trace, for which there is no bill, with the models of vendors. */
  private Map<String, String> pricesOnVendors() {
    Graph graph = Models.embedded().compile();
    registerEmpty(graph, name("economics.use_costs"));
    registerEmpty(graph, name("focus.cost_and_usage"));
    ModelViews.register(
        spark,
        graph,
        List.of(name("economics.vendor_comparison")),
        Set.of(
            name("economics.use_costs"),
            name("focus.cost_and_usage"),
            name("telemetry.inference_hours")),
        (model, query) -> model.stored() ? query.localCheckpoint() : query);
    return spark
        .sql("select vendor_model, api_cost_usd from economics__vendor_comparison")
        .collectAsList()
        .stream()
        .collect(Collectors.toMap(row -> row.getString(0), row -> plain(row.getDecimal(1))));
  }

  /** Registers a table without rows. */
  private void registerEmpty(Graph graph, RelationName table) {
    String columns =
        graph.columns(table).entrySet().stream()
            .map(column -> "cast(null as " + column.getValue() + ") as " + column.getKey())
            .collect(Collectors.joining(", "));
    spark.sql("select " + columns + " where false").createOrReplaceTempView(table.view());
  }

  private static String plain(BigDecimal number) {
    return number.stripTrailingZeros().toPlainString();
  }

  private List<String> hours(String source, LandResult landed) throws IOException {
    Config config = config(source);
    List<Delivery> deliveries = landed.landed();
    Bronze.register(spark, config, deliveries);
    Telemetry.register(spark, config, List.of(), Set.of());
    Graph graph = Models.embedded().compile();
    ConfigurationViews.register(spark, config, graph);
    registerEmpty(graph, name("telemetry.workload_hours"));
    ModelViews.register(
        spark,
        graph,
        List.of(name("telemetry.inference_hours")),
        Set.of(name("telemetry.workload_hours")),
        (model, query) -> query);
    return spark
        .sql(
            """
            select concat_ws('|', transform(array(
                cast(hour_start as string), endpoint_id, model_id, tenant_id, cast(requests as string),
                cast(failed_requests as string), cast(input_tokens as string),
                cast(cached_input_tokens as string), cast(output_tokens as string),
                cast(latency_s as string), measured_by
            ), x -> coalesce(regexp_replace(regexp_replace(x, '([.][0-9]*?)0+$', '$1'), '[.]$', ''), '')))
            from telemetry__inference_hours order by 1\
            """)
        .collectAsList()
        .stream()
        .map((Row row) -> row.getString(0))
        .toList();
  }

  private static RelationName name(String table) {
    return RelationName.parse(table);
  }

  private LandResult land(String source) throws IOException {
    return Landing.land(config(source), "run", Instant.EPOCH, List.of(), Set.of(), Progress.SILENT);
  }

  private Config config(String source) throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(conf.resolve("sources.yml"), "sources:\n  - " + source + "\n");
    return Config.load(
        conf,
        null,
        Map.of(
            "lake.root",
            folder.resolve("lake").toString(),
            "limits.rejected_rows_ratio_max",
            "0.5"));
  }

  private void copy(String from, String to) throws IOException {
    Path file = folder.resolve("log").resolve(to);
    Files.createDirectories(file.getParent());
    Files.copy(Path.of(from), file);
  }

  private void write(String file, String text) throws IOException {
    Path path = folder.resolve("log").resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }
}
