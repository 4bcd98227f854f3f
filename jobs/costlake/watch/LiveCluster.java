package costlake.watch;

import costlake.config.Source;
import costlake.core.DeliveredFile;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.fetch.FetchLimits;
import costlake.land.prometheus.PrometheusServer;
import costlake.telemetry.Telemetry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Asks the live Prometheus of a cluster for the samples of a window, all of them or none. */
final class LiveCluster {
  private static final FetchLimits LIMITS =
      new FetchLimits(
          2, Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(30), 1L << 28);

  /** How far clocks of servers may differ. */
  static final Duration APART_MAX = Duration.ofMinutes(10);

  private final Source source;
  private final PrometheusServer server;
  private final Path folder;
  private final Instant by;

  private LiveCluster(Source source, Path folder) {
    this.source = source;
    this.server = new PrometheusServer(source, System.getenv(), LIMITS);
    this.folder = folder;
    this.by = server.deadline();
  }

  /**
   * Returns the samples as deliveries, one for each day.
   *
   * @param source a source of Prometheus with a url
   * @param folder an empty folder
   * @throws Failure if the server is down or too slow, its answer is incomplete, it has no new
   *     samples, or it has samples of the future
   */
  static List<Delivery> fetch(Source source, Window window, Path folder) {
    LiveCluster cluster = new LiveCluster(source, folder);
    cluster.refuseSamplesOfTheFuture(window);
    cluster.refuseSilence(window);
    List<Delivery> days = new ArrayList<>();
    window.days().forEach(day -> days.add(cluster.day(day, window)));
    return days;
  }

  private void refuseSamplesOfTheFuture(Window window) {
    Instant now = Instant.now(Clock.systemUTC());
    Instant from = (window.at().isAfter(now) ? window.at() : now).plus(APART_MAX);
    if (hasNodes(from, from.plus(Duration.ofDays(1)))) {
      throw Failure.data(
          """
          Cannot watch %s: its Prometheus has samples of the time after %s. Set the clocks of this
          machine, of Prometheus and of its exporters right, and run again.
          """,
          source.cluster(), from);
    }
  }

  private void refuseSilence(Window window) {
    Instant from = window.at().minus(APART_MAX);
    if (!hasNodes(from, window.at())) {
      throw Failure.operator(
          """
          Cannot watch %s: its Prometheus has no samples of nodes between %s and %s. Check that it
          scrapes kube-state-metrics, and that its clock is right.
          """,
          source.cluster(), from, window.at());
    }
  }

  private boolean hasNodes(Instant from, Instant until) {
    String query =
        Telemetry.metrics(source.sourceKind())
            .get(0)
            .query(Objects.requireNonNull(source.stepS()))
            .orElseThrow();
    return server.hasSamples(query, from, until, folder, by);
  }

  private Delivery day(LocalDate day, Window window) {
    Instant start = Window.start(day);
    Instant end = Window.start(day.plusDays(1));
    List<DeliveredFile> files =
        server
            .fetch(
                day,
                window.from().isAfter(start) ? window.from() : start,
                window.at().isBefore(end) ? window.at() : end,
                folder.resolve(day.toString()),
                by)
            .stream()
            .map(file -> new DeliveredFile(file.toString(), 0, "", 0, 0))
            .toList();
    return new Delivery(
        source.id(),
        source.kind(),
        day,
        "live",
        files,
        window.at(),
        "watch",
        Delivery.Status.CURRENT);
  }

  /** Returns the source of a cluster with the address of its live server. */
  static Source at(Source source, Map<String, String> urls) {
    return urls.containsKey(source.id()) ? source.live(urls.get(source.id())) : source;
  }
}
