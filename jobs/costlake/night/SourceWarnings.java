package costlake.night;

import costlake.config.Config;
import costlake.config.Source;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.lake.Outcome;
import costlake.land.LandResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What a night says about sources that deliver nothing and about deliveries without a source. */
final class SourceWarnings {
  private static final String STEP = "sources";

  private final Config config;
  private final List<Delivery> current;

  /**
   * Warnings of a night.
   *
   * @param current the deliveries that count once it is published
   */
  SourceWarnings(Config config, List<Delivery> current) {
    this.config = config;
    this.current = current;
  }

  /** Sources at which a night that looked for every month found nothing. */
  List<Outcome> ofSourcesWithout(LandResult landing) {
    return config.sources().stream()
        .filter(s -> landing.current().stream().noneMatch(d -> d.sourceId().equals(s.id())))
        .map(this::foundNothing)
        .toList();
  }

  private Outcome foundNothing(Source source) {
    long kept = current.stream().filter(d -> d.sourceId().equals(source.id())).count();
    return warned(
        source.id(),
        "nothing found at %s%s. Check location and export, or write 'retired: true' if it delivers no more"
            .formatted(
                source.url() == null ? source.location() : source.url(),
                kept == 0 ? "" : "; earlier deliveries that still count: %d".formatted(kept)));
  }

  /**
   * Sources that are no longer configured and still count.
   *
   * @param costs gives rows of {@link Unconfigured#COSTS}; empty before the first publication
   */
  List<Outcome> ofUnconfigured(Supplier<Optional<Dataset<Row>>> costs) {
    return Unconfigured.of(config, current, costs).stream()
        .map(source -> warned(source.sourceId(), source.warning()))
        .toList();
  }

  /**
   * Refuses to measure again what only the configuration of its source can explain.
   *
   * @param telemetry deliveries that are about to be read
   */
  void refuseUnknownClusters(List<Delivery> telemetry) {
    Set<String> unknown = Unconfigured.ids(config, telemetry);
    if (!unknown.isEmpty()) {
      throw Failure.operator(
          ("Cannot read the telemetry of '%s' again: it is not in sources.yml any more, so that its cluster and step are"
                  + " unknown. Put it back there with 'retired: true' to keep it, or take it out with: costlake night"
                  + " --remove-source %s")
              .formatted(String.join("', '", unknown), String.join(",", unknown)));
    }
  }

  private static Outcome warned(String subject, String detail) {
    return Outcome.since(Instant.now(), STEP, subject, Outcome.Status.WARNED, null, null, detail);
  }
}
