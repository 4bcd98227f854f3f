package costlake.telemetry.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import costlake.testing.PrometheusProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes lines that a real vLLM server exposed. */
class ScrapedEngineTest {
  private static final int STEP_S = 1;

  @TempDir Path folder;
  private final AtomicInteger scrapes = new AtomicInteger();
  private volatile String shown = "";

  @Test
  void whatAnEngineCountsBetweenScrapesIsAnHour() throws Exception {
    PrometheusProcess.assumeInstalled();
    assumeTrue(
        LocalTime.now(ZoneOffset.UTC).isBefore(LocalTime.of(23, 59)), "needs a day of two minutes");
    String text = Files.readString(Path.of("tests/fixtures/serving/vllm.prom"));
    shown = text.replaceAll(" [0-9.]+(?=\n)", " 0.0");
    HttpServer engine = engine();
    try (PrometheusProcess prometheus = PrometheusProcess.start(folder, scraping(engine))) {
      awaitScrapes();
      shown = text;
      awaitScrapes();
      LocalDate day = LocalDate.now(ZoneOffset.UTC);
      prometheus.asSource(STEP_S).fetch(day, Files.createDirectories(folder.resolve("live")));

      ServingHours hours = Scrapes.hours(day, STEP_S, folder.resolve("live"), Map.of());

      assertThat(total(hours))
          .containsEntry("input_tokens", 5)
          .containsEntry("output_tokens", 7)
          .containsEntry("requests", 1)
          .containsEntry("failed_requests", 0);
      assertThat(hours.hours())
          .allSatisfy(hour -> assertThat(hour.endpoint()).isEqualTo("facebook/opt-125m"));
      assertThat(hours.findings()).isEmpty();
    } finally {
      engine.stop(0);
    }
  }

  /** The test may run over a full hour. */
  private static Map<String, Integer> total(ServingHours hours) {
    Map<String, Integer> total = new HashMap<>();
    hours
        .hours()
        .forEach(
            hour ->
                hour.figures()
                    .forEach(
                        (measure, figure) ->
                            total.merge(
                                measure.name().toLowerCase(Locale.ROOT),
                                figure.intValue(),
                                Integer::sum)));
    return total;
  }

  private HttpServer engine() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/metrics",
        exchange -> {
          byte[] body = shown.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
          scrapes.incrementAndGet();
        });
    server.start();
    return server;
  }

  private static String scraping(HttpServer engine) {
    return """
        global: {scrape_interval: 1s}
        scrape_configs:
          - job_name: vllm
            static_configs: [{targets: ['127.0.0.1:%d']}]
        """
        .formatted(engine.getAddress().getPort());
  }

  /** Waits until what is shown has been scraped twice, so that the first scrape is stored. */
  private void awaitScrapes() throws InterruptedException {
    int before = scrapes.get();
    for (int tries = 0; scrapes.get() < before + 3; tries++) {
      assertThat(tries).as("tries").isLessThan(300);
      Thread.sleep(100);
    }
  }
}
