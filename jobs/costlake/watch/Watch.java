package costlake.watch;

import costlake.config.Config;
import costlake.config.Source;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.lake.Lake;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Watches the clusters of a company at one moment. */
public final class Watch {
  private static final String KIND = "prometheus";

  /**
   * What a watch found.
   *
   * @param findings what the rules found
   * @param prices says which prices were used, and how old they are
   * @param failures why clusters could not be watched; nothing is recorded of them
   */
  public record Report(
      Watched watched, List<Finding> findings, List<String> prices, List<Failure> failures) {}

  private final SparkSession spark;
  private final Config config;
  private final Lake lake;
  private final Window window;
  private final List<Failure> failures = new ArrayList<>();

  private Watch(SparkSession spark, Config config, Lake lake, Instant at) {
    this.spark = spark;
    this.config = config;
    this.lake = lake;
    this.window = Window.of(at, config.watch().idleHours());
  }

  /**
   * Watches every cluster with a live server.
   *
   * @param folder an empty folder for working files
   * @throws Failure with exit code 2 if no cluster has a live server
   */
  public static Report at(
      Instant at, SparkSession spark, Config config, Lake lake, Path folder) {
    return new Watch(spark, config, lake, at).report(folder);
  }

  private Report report(Path folder) {
    List<Delivery> samples = new ArrayList<>();
    for (Source source : sources()) {
      samples.addAll(samples(source, folder.resolve(source.id())));
    }
    Prices prices = Prices.of(lake);
    List<PricedHour> hours =
        LiveHours.of(spark, config, samples, window).stream()
            .map(held -> new PricedHour(held, prices.of(held.model()).orElse(null)))
            .toList();
    Snapshot snapshot = new Snapshot(window, hours);
    Watched watched = snapshot.watched(config, PublishedRuns.of(lake, snapshot.runs()));
    return new Report(watched, findings(watched), prices.described(hours), List.copyOf(failures));
  }

  private List<Source> sources() {
    List<Source> live =
        config.sources().stream()
            .filter(source -> source.kind().equals(KIND))
            .map(source -> LiveCluster.at(source, config.watch().urls()))
            .filter(source -> source.url() != null)
            .toList();
    if (live.isEmpty()) {
      throw Failure.operator(
          """
          Nothing to watch: no source has a live Prometheus. Give a source of kind prometheus a url
          in sources.yml, or name its server under watch.urls
          """);
    }
    return live;
  }

  private List<Delivery> samples(Source source, Path folder) {
    try {
      return LiveCluster.fetch(source, window, folder);
    } catch (Failure failure) {
      failures.add(failure);
      return List.of();
    }
  }

  private static List<Finding> findings(Watched watched) {
    return WatchRule.registered().stream()
        .flatMap(rule -> rule.findings(watched).stream())
        .toList();
  }
}
