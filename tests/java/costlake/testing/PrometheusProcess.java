package costlake.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import costlake.config.Source;
import costlake.land.prometheus.PrometheusServer;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Prometheus server in a folder. */
public final class PrometheusProcess implements AutoCloseable {
  private static final int STOP_S = 10;

  private final Path log;
  private final int port;
  private final Process process;

  private PrometheusProcess(Path log, int port, Process process) {
    this.log = log;
    this.port = port;
    this.process = process;
  }

  /** Skips the calling test if the programs of Prometheus are not installed. */
  public static void assumeInstalled() {
    assumeTrue(
        onPath("prometheus") && onPath("promtool"),
        "needs the programs prometheus and promtool (Debian package prometheus)");
  }

  /**
   * Starts a server and waits until it is ready.
   *
   * @param folder a folder that may have a folder {@code data} with blocks
   * @param config content of {@code prometheus.yml}
   */
  public static PrometheusProcess start(Path folder, String config) throws Exception {
    assumeInstalled();
    Path file = Files.writeString(folder.resolve("prometheus.yml"), config);
    Path log = folder.resolve("prometheus.log");
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                "prometheus",
                "--config.file=" + file,
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--storage.tsdb.retention.time=100y",
                "--query.lookback-delta=30s",
                "--web.listen-address=127.0.0.1:" + port)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    PrometheusProcess server = new PrometheusProcess(log, port, process);
    server.awaitReady();
    return server;
  }

  /** Returns the address of the server. */
  public String address() {
    return "http://127.0.0.1:" + port;
  }

  /** Returns what queries the server as a source of cluster {@code train} does. */
  public PrometheusServer asSource(int stepS) {
    return new PrometheusServer(
        new Source(
            "train",
            "prometheus",
            null,
            address(),
            null,
            null,
            "train",
            stepS,
            null,
            Map.of(),
            false,
            null,
            null),
        Map.of());
  }

  private static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }

  private void awaitReady() throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest ready =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/-/ready")).build();
    for (int tries = 0; tries < 150; tries++) {
      try {
        if (http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
      }
      Thread.sleep(200);
    }
    throw new AssertionError(Files.readString(log));
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().completeOnTimeout(process, STOP_S, TimeUnit.SECONDS).join();
    process.destroyForcibly();
  }
}
