package costlake.night;

import costlake.config.Config;
import costlake.core.BillingPeriod;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.lake.Lake;
import costlake.lake.NightStage;
import costlake.lake.Outcome;
import costlake.lake.Publication;
import costlake.land.LandResult;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/**
 * Runs the first step of a night for one source: checks and pins its new deliveries. Publishes
 * nothing. The next night uses the pinned files and does not read them from the source again.
 */
public final class LandRun {
  private static final String VERB = "land";

  private LandRun() {}

  /**
   * Lands one source. A repeat uses the files that are already pinned.
   *
   * @param periods billing months; empty means all months of the source
   * @throws Failure when a night runs, when the source is unknown or cannot be listed, or when a
   *     delivery is refused
   */
  public static NightReport run(
      SparkSession spark,
      Config config,
      String sourceId,
      Set<BillingPeriod> periods,
      Progress progress) {
    Config one = config.withSource(sourceId);
    Lake lake = Lake.open(one.lake(), spark);
    Set<BillingPeriod> months = new TreeSet<>(periods);
    RunRecord record = RunRecord.of(lake, VERB, VERB + "-" + sourceId, months);
    NewDeliveries arrivals = new NewDeliveries(one, record, months, progress);
    try (NightStage night = lake.begin(record.runId())) {
      try {
        String stopped = "Cannot land " + sourceId + ", earlier deliveries still count:";
        LandResult landing = arrivals.land(night, stopped);
        List<Delivery> known = night.before().map(Publication::deliveries).orElse(List.of());
        record.add(new SourceWarnings(one, known).ofSilent(landing));
        String message = message(sourceId, landing, record.outcomes());
        if (!landing.landed().isEmpty()) {
          record.write(lake.ops(), Outcome.Status.DONE, message);
        }
        return NightReport.unchanged(record, message);
      } catch (RuntimeException e) {
        record.write(lake.ops(), Outcome.Status.FAILED, e.getMessage());
        throw e;
      }
    }
  }

  private static String message(String sourceId, LandResult landing, List<Outcome> outcomes) {
    String notices =
        outcomes.stream()
            .filter(outcome -> outcome.status() == Outcome.Status.WARNED)
            .map(warning -> "\nNote: " + warning.detail() + ".")
            .collect(Collectors.joining());
    return "%s: %d new deliveries for the next night, %d already published.%s"
        .formatted(sourceId, landing.landed().size(), landing.unchanged().size(), notices);
  }
}
