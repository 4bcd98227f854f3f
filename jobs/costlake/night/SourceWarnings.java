package costlake.night;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import costlake.config.Config;
import costlake.config.Source;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.Message;
import costlake.lake.Lake;
import costlake.lake.Outcome;
import costlake.land.LandResult;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Warns of sources without deliveries, and of deliveries whose source is no longer configured. */
public final class SourceWarnings {
  private static final String STEP = "sources";
  private static final String SILENT_STEP = "deliveries";

  private final Config config;
  private final List<Delivery> current;

  /**
   * Creates the warnings of a night.
   *
   * @param current deliveries in force after the night is published
   */
  SourceWarnings(Config config, List<Delivery> current) {
    this.config = config;
    this.current = current;
  }

  /** Returns the sources at which the last night found no deliveries, each with its warning. */
  public static Map<String, String> silent(Config config, Lake lake) {
    Map<String, String> details = new TreeMap<>();
    lake.ops().outcomes().map(SourceWarnings::lastWarnings).stream()
        .flatMap(rows -> rows.collectAsList().stream())
        .forEach(row -> details.put(row.getString(0), row.getString(1)));
    details.keySet().retainAll(config.sources().stream().map(Source::id).toList());
    return details;
  }

  private static Dataset<Row> lastWarnings(Dataset<Row> outcomes) {
    return outcomes
        .where(col("step").equalTo(SILENT_STEP))
        .groupBy("subject")
        .agg(max_by(struct("status", "detail"), col("started_at")).as("last"))
        .where("last.status = 'warned'")
        .select("subject", "last.detail");
  }

  /** Warns of sources at which this night found no deliveries. */
  List<Outcome> ofSilent(LandResult landing) {
    return config.sources().stream()
        .filter(source -> landing.silent().contains(source.id()))
        .map(this::foundNothing)
        .toList();
  }

  /**
   * Reports the sources that deliver again.
   *
   * @param silent sources at which the last night found no deliveries
   */
  static List<Outcome> ofResumed(LandResult landing, Set<String> silent) {
    return silent.stream()
        .filter(id -> landing.current().stream().anyMatch(d -> d.sourceId().equals(id)))
        .map(id -> outcome(SILENT_STEP, id, Outcome.Status.DONE, "delivers again"))
        .toList();
  }

  private Outcome foundNothing(Source source) {
    long kept = current.stream().filter(d -> d.sourceId().equals(source.id())).count();
    return outcome(
        SILENT_STEP,
        source.id(),
        Outcome.Status.WARNED,
        Message.of(
            """
            nothing found at %s%s. Check location and export, or write 'retired: true' if it no
            longer delivers
            """,
            source.url() == null ? source.location() : source.url(),
            kept == 0 ? "" : "; earlier deliveries that still count: %d".formatted(kept)));
  }

  /**
   * Warns of sources that are no longer configured, but whose deliveries are still in force.
   *
   * @param costs returns the rows of {@link UnconfiguredSource#COSTS}; empty before the first
   *     publication
   */
  List<Outcome> ofUnconfigured(Supplier<Optional<Dataset<Row>>> costs) {
    return UnconfiguredSource.of(config, current, costs).stream()
        .map(s -> outcome(STEP, s.sourceId(), Outcome.Status.WARNED, s.warning()))
        .toList();
  }

  /**
   * Refuses to read telemetry again if its source is no longer configured with its kind, because
   * only the configuration contains the cluster and the step of a source.
   *
   * @param telemetry deliveries that are about to be read
   */
  void refuseUnknownClusters(List<Delivery> telemetry) {
    Set<String> unknown =
        telemetry.stream()
            .filter(delivery -> !isConfigured(delivery))
            .map(Delivery::sourceId)
            .collect(Collectors.toCollection(TreeSet::new));
    if (!unknown.isEmpty()) {
      throw Failure.operator(
          """
          Cannot read the telemetry of '%s' again: it is no longer in sources.yml with its kind, so
          its cluster and step are unknown. Put it back there with 'retired: true' to keep it, and
          give a source of another kind another id. Or remove it with: costlake night
          --remove-source %s
          """,
          String.join("', '", unknown), String.join(",", unknown));
    }
  }

  private boolean isConfigured(Delivery delivery) {
    return config.everySource().stream()
        .anyMatch(s -> s.id().equals(delivery.sourceId()) && s.kind().equals(delivery.kind()));
  }

  private static Outcome outcome(
      String step, String subject, Outcome.Status status, String detail) {
    return Outcome.since(Instant.now(), step, subject, status, null, null, detail);
  }
}
