package costlake.watch;

import costlake.config.Config;
import costlake.config.Source;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.Nearest;
import costlake.decide.Decision;
import costlake.lake.DecisionStage;
import costlake.lake.Lake;
import costlake.lake.Sessions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Watches the clusters of a company at one moment. */
public final class Watch {
  private static final String KIND = "prometheus";
  private static final Duration KNOWN_FOR = Duration.ofDays(7);

  /** Hours of some hundred workloads: Spark plans longer than it computes. */
  private static final long FEW_ROWS = 10_000;

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
  private final Published published;
  private final Window window;
  private final List<Failure> failures = new ArrayList<>();

  private Watch(SparkSession spark, Config config, Lake lake, Instant at) {
    this.spark = spark;
    this.config = config;
    this.lake = lake;
    this.published = new Published(spark, lake);
    this.window = Window.of(at, config.watch().idleHours());
  }

  /**
   * Watches every cluster with a live server.
   *
   * @param folder an empty folder for working files
   * @throws Failure with exit code 2 if no cluster has a live server
   */
  public static Report at(Instant at, SparkSession spark, Config config, Lake lake, Path folder) {
    return new Watch(spark, config, lake, at).report(folder);
  }

  private Report report(Path folder) {
    Sessions.prepareFor(spark, config.spark().properties(), FEW_ROWS);
    List<Delivery> samples =
        unlessBroken(
            sources(), source -> LiveCluster.fetch(source, window, folder.resolve(source.id())));
    List<Squeue.Job> jobs =
        unlessBroken(
            config.watch().squeue().entrySet(),
            file -> Squeue.jobs(file.getKey(), Path.of(file.getValue()), window.at()));
    Prices prices = Prices.of(published);
    List<PricedHour> hours =
        LiveHours.of(spark, config, samples, jobs, window).stream()
            .map(held -> new PricedHour(held, prices.of(held.model()).orElse(null)))
            .toList();
    Recorded recorded = new Recorded(published);
    Snapshot snapshot = new Snapshot(window, concat(recorded.before(window), hours));
    PublishedRuns runs = PublishedRuns.of(published, snapshot.runs());
    recorded.add(hours.stream().filter(hour -> isToRecord(hour.held(), runs)).toList(), window);
    Watched watched = snapshot.watched(config, runs, PublishedQuotas.of(published));
    return new Report(watched, findings(watched), prices.described(hours), List.copyOf(failures));
  }

  private static List<PricedHour> concat(List<PricedHour> earlier, List<PricedHour> hours) {
    return Stream.concat(earlier.stream(), hours.stream()).toList();
  }

  /** What a bill says already is no longer estimated. */
  private boolean isToRecord(Held held, PublishedRuns runs) {
    return window.isOver(held.hour()) && !held.hour().isBefore(runs.billedEnd());
  }

  private List<Source> sources() {
    List<Source> all =
        config.sources().stream().filter(source -> source.kind().equals(KIND)).toList();
    refuseUnknown(all.stream().map(Source::id).toList());
    List<Source> live =
        all.stream()
            .map(source -> LiveCluster.at(source, config.watch().urls()))
            .filter(source -> source.url() != null)
            .toList();
    if (live.isEmpty() && config.watch().squeue().isEmpty()) {
      throw Failure.operator(
          """
          Nothing to watch: no source has a live Prometheus. Give a source of kind prometheus a url
          in sources.yml, or name its server under watch.urls, or a file of squeue under
          watch.squeue
          """);
    }
    return live;
  }

  private void refuseUnknown(List<String> sources) {
    for (String named : config.watch().urls().keySet()) {
      if (!sources.contains(named)) {
        throw Failure.operator(
            "Cannot watch '%s', which watch.urls names: it is no source of kind %s.%s",
            named, KIND, Nearest.hint(named, sources));
      }
    }
  }

  /** Reads clusters, and keeps the failures of those that cannot be read. */
  private <C, R> List<R> unlessBroken(Collection<C> clusters, Function<C, List<R>> reading) {
    List<R> all = new ArrayList<>();
    for (C cluster : clusters) {
      try {
        all.addAll(reading.apply(cluster));
      } catch (Failure failure) {
        failures.add(failure);
      }
    }
    return all;
  }

  private List<Finding> findings(Watched watched) {
    Map<String, Decision<KnownFinding>> known = lake.decided().of(new WatchLog()).inForce();
    return WatchRule.registered().stream()
        .flatMap(rule -> rule.findings(watched).stream())
        .filter(finding -> !isKnown(known.get(finding.id())))
        .toList();
  }

  private boolean isKnown(@Nullable Decision<KnownFinding> known) {
    return known != null && known.content().until().isAfter(window.at());
  }

  /**
   * Records that a person knows about a finding, so that watches leave it out for a week.
   *
   * @param finding {@link Finding#id}
   * @return until when
   * @throws Failure with exit code 2 if another process watches or decides
   */
  public static Instant know(Lake lake, String finding, String actor, String reason, Instant now) {
    KnownFinding known = new KnownFinding(finding, now.plus(KNOWN_FOR));
    try (DecisionStage<KnownFinding> stage = lake.begin(new WatchLog(), "know-" + now)) {
      stage.decide(now, actor, reason, known);
    }
    return known.until();
  }
}
