package costlake.land;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import costlake.config.Config;
import costlake.core.BillingPeriod;
import costlake.core.Progress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LivePrometheusTest {
  private static final String EMPTY =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}}";
  private static final Instant SECOND_OF_OCTOBER = Instant.parse("2026-10-02T03:00:00Z");

  @TempDir Path folder;
  private final AtomicInteger asked = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/api/v1/query_range",
        exchange -> {
          asked.incrementAndGet();
          exchange.getRequestBody().readAllBytes();
          byte[] body = EMPTY.getBytes(StandardCharsets.UTF_8);
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

  @Test
  void queriesEndedDaysAndNoPinnedDay() throws IOException {
    Config config = config();
    LandResult first = land(config);
    assertThat(first.landed())
        .extracting(delivery -> delivery.billingPeriod())
        .containsExactly(LocalDate.of(2026, 10, 1));
    assertThat(asked.get()).isPositive();

    asked.set(0);
    LandResult again = land(config);
    assertThat(asked).hasValue(0);
    assertThat(again.landed()).isEqualTo(first.landed());
  }

  private static LandResult land(Config config) {
    return Landing.land(
        config,
        "run-1",
        SECOND_OF_OCTOBER,
        List.of(),
        Set.of(BillingPeriod.parse("2026-10")),
        Progress.SILENT);
  }

  private Config config() throws IOException {
    Path conf = Files.createDirectories(folder.resolve("conf"));
    Files.writeString(
        conf.resolve("sources.yml"),
        "sources:\n  - {id: live, kind: prometheus, cluster: c1, step_s: 300, url: 'http://127.0.0.1:"
            + server.getAddress().getPort()
            + "'}\n");
    return Config.load(conf, null, Map.of("lake.root", folder.resolve("lake").toString()));
  }
}
