package costlake.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import costlake.config.Source;
import costlake.core.Delivery;
import costlake.core.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks a server that answers as Prometheus does. */
class LiveClusterTest {
  private static final Instant AT = Instant.parse("2026-09-15T01:20:00Z");
  private static final String EMPTY =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}";
  private static final String NODE =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{\"node\":\"n1\"},\"values\":[[1789435200,\"8\"]]}]}}";

  @TempDir Path folder;
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private Function<Long, String> answer = start -> start < AT.getEpochSecond() ? NODE : EMPTY;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/query_range",
        exchange -> {
          String form =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          asked.add(URLDecoder.decode(form, StandardCharsets.UTF_8));
          byte[] body = answer.apply(time(form, "start")).getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static long time(String form, String name) {
    return Long.parseLong(form.replaceAll(".*&" + name + "=(\\d+).*", "$1"));
  }

  private List<Delivery> fetch() {
    return LiveCluster.fetch(prometheus(), Window.of(AT, 4), folder);
  }

  private Source prometheus() {
    return new Source(
        "live",
        "prometheus",
        null,
        "http://127.0.0.1:" + server.getAddress().getPort(),
        null,
        null,
        "c1",
        300,
        null,
        Map.of(),
        false,
        null,
        null);
  }

  @Test
  void asksForWholeHoursAndTheBegunOneOfEachDay() {
    List<Delivery> days = fetch();
    assertThat(days)
        .extracting(Delivery::billingPeriod)
        .containsExactly(LocalDate.of(2026, 9, 14), LocalDate.of(2026, 9, 15));
    assertThat(asked.stream().filter(form -> form.startsWith("query=kube_node_labels&")))
        .containsExactly(
            "query=kube_node_labels&start=%d&end=%d&step=300"
                .formatted(seconds("2026-09-14T21:00:00Z"), seconds("2026-09-15T00:00:00Z")),
            "query=kube_node_labels&start=%d&end=%d&step=300"
                .formatted(seconds("2026-09-15T00:00:00Z"), AT.getEpochSecond()));
  }

  private static long seconds(String time) {
    return Instant.parse(time).getEpochSecond();
  }

  @Test
  void refusesSamplesOfTheFuture() {
    answer = start -> NODE;
    assertThatThrownBy(this::fetch)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Cannot watch c1: its Prometheus has samples of the time after")
        .hasMessageContaining("Set the clocks");
  }

  @Test
  void refusesAServerWithoutNewSamples() {
    answer = start -> EMPTY;
    assertThatThrownBy(this::fetch)
        .isInstanceOf(Failure.class)
        .hasMessageContaining(
            "Cannot watch c1: its Prometheus has no samples of nodes between"
                + " 2026-09-15T01:10:00Z and 2026-09-15T01:20:00Z");
  }

  @Test
  void refusesAnAnswerOfWhichPartsAreMissing() {
    answer =
        start ->
            NODE.replace(
                "{\"status\"",
                "{\"warnings\":[\"receive series from store-1: refused\"],\"status\"");
    assertThatThrownBy(this::fetch)
        .isInstanceOf(Failure.class)
        .hasMessageContaining("the server warned that it may be incomplete")
        .hasMessageContaining("receive series from store-1: refused");
  }

  @Test
  void warningsAboutTheQueryAreNoMissingSamples() {
    Function<Long, String> usual = answer;
    answer =
        start ->
            usual
                .apply(start)
                .replace("{\"status\"", "{\"warnings\":[\"PromQL info: no counter\"],\"status\"");
    assertThat(fetch()).hasSize(2);
  }

  @Test
  void refusesAServerThatIsDown() {
    server.stop(0);
    assertThatThrownBy(this::fetch)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.family()).isEqualTo(Failure.Family.INTERNAL))
        .hasMessageContaining("there is no connection");
  }
}
