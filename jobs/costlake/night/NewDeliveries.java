package costlake.night;

import costlake.config.Config;
import costlake.core.BillingPeriod;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.lake.NightStage;
import costlake.lake.Outcome;
import costlake.lake.Publication;
import costlake.land.LandResult;
import costlake.land.Landing;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Lands the new deliveries of the sources. Refuses deliveries that cannot be used. */
final class NewDeliveries {
  private static final String STEP = "land";

  private final Config config;
  private final RunRecord record;
  private final Set<BillingPeriod> periods;
  private final Progress progress;

  NewDeliveries(Config config, RunRecord record, Set<BillingPeriod> periods, Progress progress) {
    this.config = config;
    this.record = record;
    this.periods = periods;
    this.progress = progress;
  }

  /**
   * Pins the new deliveries.
   *
   * @param stopped beginning of the message if a delivery is refused
   */
  LandResult land(NightStage night, String stopped) {
    Instant start = Instant.now();
    List<Delivery> known = night.before().map(Publication::deliveries).orElse(List.of());
    LandResult landing =
        Landing.land(config, record.runId(), record.startedAt(), known, periods, progress);
    record.reject(landing.rejects());
    landing.landed().forEach(delivery -> record.add(landed(delivery, start)));
    landing.notices().forEach(notice -> record.add(warned(notice, start)));
    refuse(landing.refused(), start, stopped);
    return landing;
  }

  /**
   * Checks and counts deliveries again that are read in another way than when they landed. Returns
   * them with the new counts.
   *
   * @param stopped beginning of the message if too many rows of a delivery cannot be read
   */
  List<Delivery> readAgain(
      Config settings, NightFacts facts, NightDeliveries deliveries, String stopped) {
    Instant start = Instant.now();
    LandResult read =
        Landing.readAgain(settings, facts.toCheckAgain(deliveries), facts::reconfigures);
    record.reject(read.rejects());
    read.notices().forEach(notice -> record.add(warned(notice, start)));
    refuse(read.refused(), start, stopped);
    return read.unchanged();
  }

  private void refuse(List<LandResult.Refusal> refused, Instant start, String stopped) {
    for (LandResult.Refusal refusal : refused) {
      String subject = refusal.sourceId() + " " + refusal.period();
      record.add(
          Outcome.since(
              start, STEP, subject, Outcome.Status.FAILED, null, null, refusal.message()));
    }
    if (!refused.isEmpty()) {
      throw Failure.data(
          "%s",
          refused.stream()
              .map(LandResult.Refusal::message)
              .collect(Collectors.joining("\n  ", stopped + "\n  ", "")));
    }
  }

  private static Outcome warned(LandResult.Notice notice, Instant start) {
    boolean month = !notice.period().equals(Delivery.ALL_PERIODS);
    return Outcome.since(
        start,
        STEP,
        notice.sourceId() + (month ? " " + notice.period() : ""),
        Outcome.Status.WARNED,
        null,
        null,
        notice.message());
  }

  private static Outcome landed(Delivery delivery, Instant start) {
    return Outcome.since(
        start,
        STEP,
        delivery.sourceId() + " " + delivery.billingPeriod(),
        Outcome.Status.DONE,
        delivery.rows(),
        null,
        "delivery %s, %d files, %d bytes"
            .formatted(delivery.deliveryId(), delivery.files().size(), delivery.bytes()));
  }
}
