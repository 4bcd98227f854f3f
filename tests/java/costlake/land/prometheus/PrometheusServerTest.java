package costlake.land.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import costlake.config.Source;
import costlake.core.Failure;
import costlake.fetch.FetchLimits;
import costlake.telemetry.k8s.KubernetesFamily;
import costlake.telemetry.prometheus.Metric;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrometheusServerTest {
  private static final LocalDate DAY = LocalDate.of(2026, 9, 14);
  private static final int QUERIES = 32;
  private static final String EMPTY =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}";

  @TempDir Path folder;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private final List<String> authorized = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private int failuresLeft;
  private int status = 200;
  private String body = EMPTY;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/api/v1/query_range", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    authorized.add(exchange.getRequestHeaders().getFirst("Authorization"));
    boolean fail = failuresLeft-- > 0;
    byte[] bytes = (fail ? "busy" : body).getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(fail ? 503 : status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void runsEveryQueryForTheDayIncludingMidnightAtItsEnd() {
    List<Path> files = server(300, Map.of()).fetch(DAY, folder);

    assertThat(files).hasSize(QUERIES).allSatisfy(file -> assertThat(file).hasContent(EMPTY));
    assertThat(asked)
        .hasSize(QUERIES)
        .allSatisfy(form -> assertThat(form).endsWith("&start=1789344000&end=1789430400&step=300"));
    assertThat(authorized).containsOnlyNulls();
  }

  @Test
  void splitsADayWithMoreSamplesThanAResponseCanHave() {
    List<Path> files = server(5, Map.of()).fetch(DAY, folder);

    assertThat(files).hasSize(2 * QUERIES);
    assertThat(files.stream().map(file -> file.getFileName().toString()))
        .contains("pod-labels.json", "pod-labels.1.json");
    assertThat(new KubernetesFamily().metrics().ofFile("/a.b/pod-labels.1.json"))
        .map(Metric::file)
        .contains("pod-labels");
  }

  @Test
  void sendsTheAuthorizationOfTheSource() throws IOException {
    Path secret = Files.writeString(folder.resolve("token"), "Bearer own\n");

    server(
            300,
            Map.of(
                "COSTLAKE_PROMETHEUS_AUTHORIZATION",
                "Bearer all",
                "COSTLAKE_PROMETHEUS_AUTHORIZATION_TRAIN_1_FILE",
                secret.toString()))
        .fetch(DAY, folder);

    assertThat(authorized).hasSize(QUERIES).containsOnly("Bearer own");
  }

  @Test
  void triesAgainIfTheServerIsBusy() {
    failuresLeft = 2;

    assertThat(server(300, Map.of()).fetch(DAY, folder)).hasSize(QUERIES);
    assertThat(asked).hasSize(QUERIES + 2);
  }

  @Test
  void failsWithARetryableErrorIfTheServerStaysBusy() {
    failuresLeft = 100;

    assertThatThrownBy(() -> server(300, Map.of()).fetch(DAY, folder))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.family()).isEqualTo(Failure.Family.INTERNAL))
        .hasMessageContaining("answered 503")
        .hasMessageContaining("busy");
    assertThat(asked).hasSize(FetchLimits.USUAL.attemptsMax());
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refusalNamesTheVariableToSet() {
    status = 401;

    assertThatThrownBy(() -> server(300, Map.of()).fetch(DAY, folder))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.family()).isEqualTo(Failure.Family.OPERATOR))
        .hasMessageContaining("COSTLAKE_PROMETHEUS_AUTHORIZATION_TRAIN_1");
    assertThat(asked).hasSize(1);
  }

  @Test
  void responseWithAnErrorIsNotSaved() {
    body = "{\"status\":\"error\",\"errorType\":\"bad_data\",\"error\":\"parse error\"}";

    assertThatThrownBy(() -> server(300, Map.of()).fetch(DAY, folder))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("error: bad_data: parse error");
    assertThat(folder.toFile().list((dir, name) -> name.endsWith(".json"))).isEmpty();
  }

  @Test
  void reportsAServerThatCannotBeReached() {
    server.stop(0);

    assertThatThrownBy(() -> server(300, Map.of()).fetch(DAY, folder))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("Cannot query http://127.0.0.1:")
        .hasMessageContaining("source 'train-1'");
  }

  private PrometheusServer server(int stepS, Map<String, String> environment) {
    Source source =
        new Source(
            "train-1",
            "prometheus",
            null,
            "http://127.0.0.1:" + server.getAddress().getPort() + "/",
            null,
            null,
            "train",
            stepS,
            null,
            Map.of(),
            false,
            null,
            null);
    return new PrometheusServer(source, environment, FetchLimits.USUAL.pausing(Duration.ZERO));
  }
}
