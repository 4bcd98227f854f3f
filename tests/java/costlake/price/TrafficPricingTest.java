package costlake.price;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.Config;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.testing.Shared;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficPricingTest {
  private static final TrafficNames PLAIN = names("t", "i", "o");
  private static final TrafficNames ALL = new TrafficNames("t", "i", "o", "c", "b", null, null);
  private static final TrafficNames NONE =
      new TrafficNames(null, null, null, null, null, null, null);

  @TempDir private Path dir;

  private TokenPrices prices() {
    return TokenPrices.of(Config.defaults(dir));
  }

  private static TrafficNames names(String time, String input, String output) {
    return new TrafficNames(time, input, output, null, null, null, null);
  }

  private Path file(String name, String... lines) throws IOException {
    return Files.writeString(dir.resolve(name), String.join("\n", lines) + "\n");
  }

  private PriceReport price(Path traffic, TrafficNames names, String... models) {
    TokenPrices prices = prices();
    return TrafficPricing.run(
        List.of(traffic),
        names,
        prices,
        Arrays.stream(models).map(prices::model).toList(),
        null,
        Progress.SILENT);
  }

  private static String usd(PriceReport report) {
    return report.costs().get(0).usd().stripTrailingZeros().toPlainString();
  }

  @Test
  void pricesInputAndOutputTokens() throws IOException {
    PriceReport report =
        price(
            file("a.csv", "t,i,o", "2026-09-01 10:00:00,1000,200", "2026-09-02,500,0"),
            PLAIN,
            "gpt-4o");
    assertThat(usd(report)).isEqualTo("0.00575");
    PriceReport.ModelCost cost = report.costs().get(0);
    assertThat(cost.requests()).isEqualTo(2);
    assertThat(cost.inputTokens()).isEqualByComparingTo("1500");
    assertThat(cost.outputTokens()).isEqualByComparingTo("200");
    report.requireWhole();
  }

  /** Prices of claude-sonnet-4-5: 3, cached 0.30, output 15; a batch costs half of each. */
  @ParameterizedTest
  @CsvSource({
    "claude-sonnet-4-5, 0,    false, 0.0045",
    "claude-sonnet-4-5, 1000, false, 0.0018",
    "claude-sonnet-4-5, 0,    true,  0.00225",
    "claude-sonnet-4-5, 1000, yes,   0.0009",
    "gpt-4o,            1000, 0,     0.00225",
    "gpt-4o,            1000, 1,     0.00175",
    "gpt-4,             1000, '',    0.036",
    "deepseek-v4-pro,   0,    batch, 0.000522"
  })
  void pricesCachedTokensAndBatches(String model, String cached, String batch, String usd)
      throws IOException {
    Path traffic =
        file("a.csv", "t,i,o,c,b", "2026-09-01T10:00:00Z,1000,100," + cached + "," + batch);
    assertThat(usd(price(traffic, ALL, model))).isEqualTo(usd);
  }

  @ParameterizedTest
  @CsvSource({
    "claude-sonnet-4-5, 200000, 0.6",
    "claude-sonnet-4-5, 200001, 1.200006",
    "gemini-2.5-pro,    200000, 0.25",
    "gemini-2.5-pro,    200001, 0.5000025"
  })
  void pricesALongContextAsAWhole(String model, String input, String usd) throws IOException {
    Path traffic = file("a.csv", "t,i,o", "2026-09-01 10:00:00," + input + ",0");
    assertThat(usd(price(traffic, PLAIN, model))).isEqualTo(usd);
  }

  @ParameterizedTest
  @CsvSource({
    "o3,            2025-06-09 23:59:59.999999999, 10",
    "o3,            2025-06-10,                    2",
    "o3,            2025-06-10T01:00:00+02:00,     10",
    "claude-sonnet, 2026-08-31T23:59:59Z,          2",
    "claude-sonnet, 2026-09-01T00:00:00Z,          3",
    "deepseek-chat, 2026-09-01T00:29:59Z,          0.135",
    "deepseek-chat, 2026-09-01T00:30:00Z,          0.27",
    "deepseek-chat, 2026-09-01 16:30 UTC,          0.135",
    "deepseek-chat, 1788280200,                    0.135",
    "deepseek-chat, 1788280199.999,                0.27",
    "deepseek-chat, 1788280200000,                 0.135"
  })
  void pricesEachRequestAtItsTime(String model, String time, String usd) throws IOException {
    Path traffic = file("a.csv", "t,i,o", time + ",1000000,0");
    PriceReport report = price(traffic, PLAIN, model);
    assertThat(report.firstRejects()).isEmpty();
    assertThat(report.costs().get(0).usd()).isEqualByComparingTo(usd);
  }

  /** 1,000,000 tokens cost 10 from 16 April 2025 on, and 2 from 10 June 2025 on. */
  @ParameterizedTest
  @CsvSource({
    "o3,                2023-11-16, 10, 1",
    "o3,                2025-04-15, 10, 1",
    "o3,                2025-04-16, 10, 0",
    "o3,                2025-06-10, 2,  0",
    "deepseek-chat,     2023-11-16 00:29:59, 0.135, 1",
    "deepseek-chat,     2023-11-16 00:30:00, 0.27,  1",
    "gpt-4o-2024-05-13, 2024-05-13, 5,   0",
    "gpt-4o-2024-08-06, 2024-08-06, 2.5, 0",
    "gpt-4o,            2024-08-05, 2.5, 1",
    "claude-opus-5,     2023-11-16, 5,   0"
  })
  void marksRequestsFromBeforeTheFirstPrice(String model, String time, String usd, long later)
      throws IOException {
    PriceReport report = price(file("a.csv", "t,i,o", time + ",1000000,0"), PLAIN, model);
    assertThat(report.costs().get(0).usd()).isEqualByComparingTo(usd);
    assertThat(report.costs().get(0).later()).isEqualTo(later);
  }

  @Test
  void namesEachRowThatIsNoRequestAndKeepsTheOthers() throws IOException {
    Path traffic =
        file(
            "a.csv",
            "t,i,o,c,b",
            "2026-09-01,10,1,0,false",
            "2026-09-01,-10,1,0,false",
            "2026-09-01,10,,0,false",
            "2026-13-01,10,1,0,false",
            "2026-09-01,10.5,1,0,false",
            "2026-09-01,10,1,11,false",
            "2026-09-01,10,1,0,maybe",
            "2026-09-01,10,1",
            "2026-09-01,10.0,1,,");
    Path rejects = dir.resolve("rejects.csv");
    PriceReport report =
        TrafficPricing.run(
            List.of(traffic),
            ALL,
            prices(),
            List.of(prices().model("gpt-4o")),
            rejects,
            Progress.SILENT);
    assertThat(report.requests()).isEqualTo(9);
    assertThat(report.costs().get(0).requests()).isEqualTo(1);
    assertThat(Files.readAllLines(rejects))
        .containsExactly(
            "file,row,reason",
            traffic + ",3,i is negative: -10",
            traffic + ",4,no o",
            traffic + ",5,\"t is '2026-13-01', which is no time\"",
            traffic + ",6,\"i is '10.5', which is no number of tokens\"",
            traffic + ",7,\"c is 11, more than i, which is 10\"",
            traffic + ",8,\"b is 'maybe', neither true nor false\"",
            traffic + ",9,3 fields where the header has 5",
            traffic + ",10,no c");
    assertThat(report.firstRejects())
        .hasSize(5)
        .first()
        .isEqualTo(traffic + " line 3: i is negative: -10");
    assertThatThrownBy(report::requireWhole)
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("Cannot price all of 9 requests: 8 rows are left out")
        .hasMessageContaining(rejects + " lists them.");
  }

  @Test
  void namesATimeWithoutPriceAndAModelWithoutOutput() throws IOException {
    Files.createDirectories(dir.resolve("reference"));
    Files.writeString(
        dir.resolve("reference/token_prices.csv"),
        """
        vendor,model,aliases,valid_from,valid_to,daily_from,daily_to,context_above,input_usd,cached_input_usd,output_usd,batch_factor,batch_cached_factor
        acme,small,,2026-09-01,2026-10-01,,,,1,,2,,
        acme,vectors,,,,,,,0.1,,,,
        """);
    Path traffic =
        file("a.csv", "t,i,o", "2026-08-31,1,1", "2026-09-30,1000000,0", "2026-10-01,1,0");
    PriceReport report = price(traffic, PLAIN, "small", "acme/vectors");
    assertThat(report.firstRejects())
        .containsExactly(
            traffic + " line 2: no price of output tokens of vectors",
            traffic + " line 4: no price of small at 2026-10-01T00:00");
    assertThat(report.costs()).extracting(PriceReport.ModelCost::requests).containsExactly(2L, 2L);
    assertThat(report.costs().get(1).usd()).isEqualByComparingTo("0.1000001");
  }

  @Test
  void readsJsonLinesAndCompressedFiles() throws IOException {
    Path json =
        file(
            "a.jsonl",
            "{\"t\":\"2026-09-01\",\"i\":4,\"o\":1}",
            "{\"t\":1788220800,\"i\":0,\"o\":0}");
    assertThat(usd(price(json, PLAIN, "gpt-4o"))).isEqualTo("0.00002");
    Path packed = dir.resolve("a.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write("t,i,o\n2026-09-01,4,1\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(usd(price(packed, PLAIN, "gpt-4o"))).isEqualTo("0.00002");
  }

  @Test
  void refusesAFileOrAColumnThatDoesNotExist() throws IOException {
    Path traffic = file("a.csv", "TIMESTAMP,ContextTokens,GeneratedTokens");
    TrafficNames wrong = names("TIMESTAMP", "ContextToken", "GeneratedTokens");
    assertThatThrownBy(() -> price(traffic, wrong, "gpt-4o"))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "Cannot price %s: it has no column 'ContextToken'. Did you mean 'ContextTokens'?"
                + " Its columns: TIMESTAMP, ContextTokens, GeneratedTokens.",
            traffic);
    assertThatThrownBy(() -> price(dir.resolve("b.csv"), PLAIN, "gpt-4o"))
        .hasMessageContaining("there is no such file or folder");
    assertThatThrownBy(() -> price(dir, PLAIN, "gpt-4o")).hasMessageContaining("it is a folder");
    assertThatThrownBy(() -> price(file("a.txt", "t"), PLAIN, "gpt-4o"))
        .hasMessageContaining("the name of a table ends in .csv");
  }

  /**
   * An export of LiteLLM as psql writes it. The prices of a million tokens are 2.5, cached 1.25 and
   * output 10 for gpt-4o, and 3, 0.30 and 15 for claude-sonnet-4-5.
   */
  @Test
  void pricesAnExportOfLiteLlmAsItIs() throws IOException {
    String header =
        "request_id,call_type,spend,prompt_tokens,completion_tokens,startTime,model,cache_hit,metadata";
    Path log =
        file(
            "spend.csv",
            header,
            liteLlm("acompletion", "1000,200", "gpt-4o", "False", OPENAI.formatted(400)),
            liteLlm("acompletion", "1000,200", "azure/gpt-4o", "None", "{}"),
            liteLlm("acreate_batch", "1000,200", "gpt-4o", "False", "{}"),
            liteLlm("acompletion", "1000,200", "gpt-4o", "True", "{}"),
            liteLlm("acompletion", "1000,0", "claude-sonnet-4-5", "", ANTHROPIC),
            liteLlm("acompletion", "10,1", "hosted_vllm/own-model", "", "{}"));
    PriceReport report = price(log, NONE);
    assertThat(report.costs())
        .extracting(cost -> cost.model().name() + " " + cost.requests() + " " + plain(cost))
        .as("0.0015 + 0.0005 + 0.002, 0.0045 and half of it; 0.0006 + 0.00024")
        .containsExactly("claude-sonnet-4-5 1 0.00084", "gpt-4o 3 0.01075");
    assertThat(report.leftOut()).isEqualTo(1);
    assertThat(report.firstRejects())
        .containsExactly(
            log
                + " line 7: the list of token prices does not have one model 'hosted_vllm/own-model'");
    assertThat(price(log, NONE, "gpt-4o").costs())
        .extracting(PriceReport.ModelCost::requests)
        .containsExactly(5L);
  }

  private static final String OPENAI =
      "{\"usage_object\": {\"prompt_tokens_details\": {\"cached_tokens\": %d}}}";
  private static final String ANTHROPIC = "{\"usage_object\": {\"cache_read_input_tokens\": 800}}";

  private static String liteLlm(
      String call, String tokens, String model, String cacheHit, String metadata) {
    return "r,%s,0.1,%s,2026-09-01 10:00:00.5,%s,%s,\"%s\""
        .formatted(call, tokens, model, cacheHit, metadata.replace("\"", "\"\""));
  }

  private static String plain(PriceReport.ModelCost cost) {
    return cost.usd().stripTrailingZeros().toPlainString();
  }

  @Test
  void pricesEachRowOfAGatewayOnItsModelWithMembersOfJson() throws IOException {
    Path log =
        file(
            "gateway.jsonl",
            "{\"at\":\"2026-09-01\",\"ai\":{\"model\":\"gpt-4o\",\"usage\":{\"in\":1000,\"hit\":1000,\"out\":0}}}",
            "{\"at\":\"2026-09-01\",\"ai\":{\"model\":\"gpt-4o-mini\",\"usage\":{\"in\":1000,\"out\":0}}}",
            "{\"at\":\"2026-09-01\",\"ai\":{\"usage\":{\"in\":1000,\"out\":0}}}");
    PriceReport report =
        price(
            log,
            new TrafficNames(
                "at", "ai.usage.in", "ai.usage.out", "ai.usage.hit", null, "ai.model", null));
    assertThat(report.costs())
        .extracting(cost -> cost.model().name() + " " + plain(cost))
        .containsExactly("gpt-4o 0.00125", "gpt-4o-mini 0.00015");
    assertThat(report.firstRejects()).containsExactly(log + " line 3: no model");
  }

  /** Of 1,000,000 tokens each: o3 cost 10 until 10 June 2025 and 2 from then on. */
  @Test
  void readsTimesInMillisecondsAfterAStart() throws IOException {
    Path trace =
        file(
            "mooncake.jsonl",
            "{\"timestamp\": 0, \"input_length\": 1000000, \"output_length\": 0, \"hash_ids\": [1]}",
            "{\"timestamp\": 27482, \"input_length\": 1000000, \"output_length\": 0, \"hash_ids\": [2]}",
            "{\"timestamp\": \"-5\", \"input_length\": 1, \"output_length\": 0, \"hash_ids\": []}");
    TrafficNames names =
        new TrafficNames(
            "timestamp",
            "input_length",
            "output_length",
            null,
            null,
            null,
            TrafficNames.start("2025-06-09T23:59:32.518Z"));
    PriceReport report = price(trace, names, "o3");
    assertThat(report.costs().get(0).usd()).isEqualByComparingTo("12");
    assertThat(report.firstRejects())
        .containsExactly(
            trace + " line 3: timestamp is '-5', which is no number of milliseconds after --start");
    assertThat(
            price(trace, names("timestamp", "input_length", "output_length"), "o3")
                .firstRejects()
                .get(0))
        .endsWith(
            "timestamp is '0', which is no time; if it is milliseconds after a start, name the start"
                + " with --start");
    assertThatThrownBy(() -> TrafficNames.start("yesterday"))
        .hasMessageStartingWith("--start is 'yesterday', which is no time.");
  }

  @Test
  void asksForTheColumnsThatItDoesNotKnow() throws IOException {
    Path traffic = file("a.csv", "at,in,out");
    assertThatThrownBy(() -> price(traffic, NONE, "gpt-4o"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(
            "name its columns with --time, --input and --output; --time is missing")
        .hasMessageContaining("Its columns: at, in, out.");
  }

  /** The prices that the engine of genai-prices computes for the same trace. */
  @Test
  void pricesARealTraceLikeAnotherEngine() throws IOException {
    Path trace = Shared.path("data/llm-azure/AzureLLMInferenceTrace_code.csv.gz");
    List<String[]> expected;
    try (Stream<String> lines = Files.lines(Shared.path("data/llm-azure/expected_cost_code.csv"))) {
      expected = lines.skip(1).map(line -> line.split(",")).toList();
    }
    PriceReport report =
        price(
            trace,
            names("TIMESTAMP", "ContextTokens", "GeneratedTokens"),
            expected.stream().map(line -> line[2]).toArray(String[]::new));
    report.requireWhole();
    assertThat(report.costs()).hasSize(6).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      PriceReport.ModelCost cost = report.costs().get(i);
      assertThat(cost.model().name()).isEqualTo(expected.get(i)[3]);
      assertThat(cost.requests()).isEqualTo(Long.parseLong(expected.get(i)[4]));
      assertThat(cost.usd()).as(cost.model().name()).isEqualByComparingTo(expected.get(i)[7]);
    }
    assertThat(report.costs().get(0).usd()).isEqualByComparingTo("47.608895");
    assertThat(report.costs())
        .as("the trace is of 2023-11-16; of the models only gpt-4 had a price")
        .extracting(PriceReport.ModelCost::later)
        .containsExactly(8819L, 0L, 8819L, 8819L, 8819L, 8819L);
  }
}
