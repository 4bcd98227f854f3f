package costlake.land.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import costlake.core.Failure;
import costlake.fetch.FetchLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same against a real server is {@code tests/trackers/run}. */
class MlflowServerTest {
  private static final String START = "/api/2.0/mlflow/";
  private static final String EXPERIMENTS =
      "{'experiments': [{'experiment_id': '1', 'name': 'churn'}]}";
  private static final String FIRST_PAGE =
      """
      {'runs': [{'info': {'run_id': 'r1', 'run_name': 'first', 'experiment_id': '1',
        'user_id': 'ann', 'status': 'FINISHED', 'start_time': 1788602400000,
        'end_time': 1788606000000,
        'artifact_uri': 's3://a/r1', 'lifecycle_stage': 'active'},
        'data': {'metrics': [{'key': 'accuracy', 'value': 0.913, 'timestamp': 1, 'step': 10},
            {'key': 'loss', 'value': 'NaN'}, {'key': 'zero'}, {'key': 'rate', 'value': 1e-05}],
          'params': [{'key': 'lr', 'value': '0.1'}],
          'tags': [{'key': 'costlake.pod', 'value': 'ml/first-0'}]}}],
       'next_page_token': 'two'}
      """;
  private static final String LAST_PAGE =
      """
      {'runs': [{'info': {'run_id': 'r2', 'experiment_id': '1', 'status': 'RUNNING',
        'start_time': 1788602400000, 'end_time': 0}, 'data': {}}]}
      """;
  private static final String RUNS =
      "runs/search {\"max_results\":1000,\"experiment_ids\":[\"1\"],"
          + "\"run_view_type\":\"ALL\",\"order_by\":[\"attributes.start_time ASC\"]";
  private static final String VERSIONS =
      """
      {'model_versions': [{'name': 'ranker', 'version': '3', 'run_id': 'r1',
        'creation_timestamp': 1788606000000}]}
      """;

  @TempDir Path folder;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<String> keys = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, List<String>> answers = new HashMap<>();
  private HttpServer server;
  private int failuresLeft;

  @BeforeEach
  void start() throws IOException {
    answers.put("experiments/search", List.of(EXPERIMENTS));
    answers.put("runs/search", List.of(FIRST_PAGE, LAST_PAGE));
    answers.put("model-versions/search", List.of(VERSIONS));
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(START, this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath().substring(START.length());
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    long before = asked.stream().filter(one -> one.startsWith(path)).count();
    asked.add(path + " " + (body.isEmpty() ? query : body));
    keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
    List<String> pages = answers.getOrDefault(path, List.of());
    String page = pages.get((int) Math.min(before, pages.size() - 1L));
    boolean fail = failuresLeft-- > 0;
    byte[] bytes = (fail ? "broken" : page.replace('\'', '"')).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(fail ? 500 : 200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private MlflowServer mlflow(Map<String, String> columns) {
    return new MlflowServer(
        "tracker",
        URI.create("http://127.0.0.1:" + server.getAddress().getPort()) + "/",
        columns,
        Map.of("COSTLAKE_MLFLOW_AUTHORIZATION", "Bearer s3cr3t"),
        FetchLimits.USUAL.pausing(Duration.ofMillis(1)));
  }

  private List<String> read(String file, Map<String, String> columns) throws IOException {
    Path own = Files.createTempDirectory(folder, "rows");
    try (RunRows rows = new RunRows(own)) {
      mlflow(columns).read(rows);
    }
    return Files.readAllLines(own.resolve(file));
  }

  @Test
  void readsTheRunsOfAllPagesWithTheirExperiments() throws IOException {
    assertThat(read("runs.jsonl", Map.of()))
        .containsExactly(
            """
            {"run_id":"r1","run_name":"first","experiment_id":"1","experiment_name":"churn",\
            "user_id":"ann","status":"FINISHED","lifecycle_stage":"active",\
            "artifact_uri":"s3://a/r1","started_at":"2026-09-05T10:00:00Z",\
            "ended_at":"2026-09-05T11:00:00Z",\
            "metrics":{"accuracy":"0.913","loss":"NaN","rate":"0.00001","zero":"0"},\
            "params":{"lr":"0.1"},"tags":{"costlake.pod":"ml/first-0"}}""",
            """
            {"run_id":"r2","experiment_id":"1","experiment_name":"churn","status":"RUNNING",\
            "started_at":"2026-09-05T10:00:00Z","metrics":{},"params":{},"tags":{}}""");
    assertThat(asked)
        .containsExactly(
            "experiments/search {\"max_results\":1000,\"view_type\":\"ALL\"}",
            RUNS + "}",
            RUNS + ",\"page_token\":\"two\"}",
            "model-versions/search max_results=1000");
    assertThat(keys).containsOnly("Bearer s3cr3t");
  }

  @Test
  void readsTheVersionsThatRunsRegistered() throws IOException {
    assertThat(read("model_versions.jsonl", Map.of()))
        .containsExactly(
            """
            {"model":"ranker","version":"3","run_id":"r1","created_at":"2026-09-05T11:00:00Z"}""");
  }

  @Test
  void takesCheckpointsFromTheTimesOfTheConfiguredMetric() throws IOException {
    answers.put(
        "metrics/get-history",
        List.of(
            "{'metrics': [{'key': 'rate', 'timestamp': 1788604200000}], 'next_page_token': 'b'}",
            "{'metrics': [{'key': 'rate', 'timestamp': 1788602460000}]}"));
    assertThat(read("runs.jsonl", Map.of("checkpoints", "metrics.rate")).get(0))
        .contains("\"metrics.rate\":\"2026-09-05T10:01:00Z,2026-09-05T10:30:00Z\"");
    assertThat(asked)
        .contains("metrics/get-history run_id=r1&metric_key=rate&max_results=1000&page_token=b");
  }

  @Test
  void asksAgainIfTheServerAnswers500() throws IOException {
    failuresLeft = 2;
    assertThat(read("runs.jsonl", Map.of())).hasSize(2);
  }

  @Test
  void givesUpInAWayThatMayBeTriedAgainIfTheServerAlwaysAnswers500() {
    failuresLeft = Integer.MAX_VALUE;
    assertThatThrownBy(() -> read("runs.jsonl", Map.of()))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.family()).isEqualTo(Failure.Family.INTERNAL))
        .hasMessageContainingAll("'tracker'", "the server answered 500", "broken", "Try again");
    assertThat(asked).hasSize(4);
  }

  @Test
  void refusesACutAnswer() {
    answers.put("runs/search", List.of(LAST_PAGE.substring(0, 60)));
    refused("it is not complete JSON");
  }

  @Test
  void refusesAPageThatLeadsBack() {
    answers.put("runs/search", List.of(FIRST_PAGE));
    refused("its next page is one that was fetched before");
  }

  private void refused(String why) {
    assertThatThrownBy(() -> read("runs.jsonl", Map.of()))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.family()).isEqualTo(Failure.Family.DATA))
        .hasMessageContainingAll("runs/search", why, "Run again");
  }
}
