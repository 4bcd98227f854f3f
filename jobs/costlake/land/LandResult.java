package costlake.land;

import costlake.config.Source;
import costlake.core.Delivery;
import costlake.core.Reject;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The result of landing.
 *
 * @param landed new deliveries, which are pinned; they count from the publication of the night on
 * @param replaced deliveries that counted until now and that a landed delivery of the same source
 *     and period replaces
 * @param unchanged deliveries that still count
 * @param refused deliveries that were not landed, with the reason
 * @param silent ids of sources whose location exists but has no file that can be read
 * @param notices messages to the operator that refuse nothing
 * @param rejects rows of landed and refused files that cannot be read, at most 1,000 per file and
 *     10,000 per delivery
 */
public record LandResult(
    List<Delivery> landed,
    List<Delivery> replaced,
    List<Delivery> unchanged,
    List<Refusal> refused,
    List<String> silent,
    List<Notice> notices,
    List<Reject> rejects) {

  /**
   * A delivery that was not landed. The delivery that counted before still counts.
   *
   * @param period first day of the month, or the day
   * @param message what is wrong, where, and the next step
   */
  public record Refusal(
      String sourceId, String kind, LocalDate period, String deliveryId, String message) {}

  /**
   * A message to the operator.
   *
   * @param period first day of the month, or the day; {@link Delivery#ALL_PERIODS} if the message
   *     is about the source
   */
  public record Notice(String sourceId, LocalDate period, String message) {}

  public LandResult {
    landed = List.copyOf(landed);
    replaced = List.copyOf(replaced);
    unchanged = List.copyOf(unchanged);
    refused = List.copyOf(refused);
    silent = List.copyOf(silent);
    notices = List.copyOf(notices);
    rejects = List.copyOf(rejects);
  }

  LandResult and(LandResult other) {
    return new LandResult(
        joined(landed, other.landed),
        joined(replaced, other.replaced),
        joined(unchanged, other.unchanged),
        joined(refused, other.refused),
        joined(silent, other.silent),
        joined(notices, other.notices),
        joined(rejects, other.rejects));
  }

  private static <T> List<T> joined(List<T> first, List<T> second) {
    return Stream.concat(first.stream(), second.stream()).toList();
  }

  /** The result if no source is landed. */
  static final LandResult NOTHING =
      new LandResult(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  /** Returns the result of a source without any file that can be read. */
  static LandResult silent(String sourceId) {
    return new LandResult(
        List.of(), List.of(), List.of(), List.of(), List.of(sourceId), List.of(), List.of());
  }

  /** Returns the result of a source that cannot be used as a whole. */
  static LandResult refused(Source source, String message) {
    Refusal refusal = new Refusal(source.id(), source.kind(), Delivery.ALL_PERIODS, "", message);
    return new LandResult(
        List.of(), List.of(), List.of(), List.of(refusal), List.of(), List.of(), List.of());
  }

  /**
   * Returns the result of a source of records whose refused deliveries stop nothing: the earlier
   * ones still count, and a notice says so.
   */
  LandResult keepingLastGood() {
    List<Notice> kept =
        refused.stream()
            .map(
                refusal ->
                    new Notice(
                        refusal.sourceId(),
                        refusal.period(),
                        "its last good records still count: " + refusal.message()))
            .toList();
    return new LandResult(
        landed, replaced, unchanged, List.of(), silent, joined(notices, kept), rejects);
  }

  /** Returns the result of counting the rows of a pinned delivery. */
  static LandResult counted(Delivery delivery, List<Reject> rejects) {
    return new LandResult(
        List.of(), List.of(), List.of(delivery), List.of(), List.of(), List.of(), rejects);
  }

  /**
   * Returns the deliveries that count after the publication: the landed and the unchanged
   * deliveries.
   */
  public List<Delivery> current() {
    return Stream.concat(landed.stream(), unchanged.stream()).toList();
  }

  /** Finds the delivery that a landed delivery replaces. */
  public Optional<Delivery> before(Delivery delivery) {
    return replaced.stream()
        .filter(
            old ->
                old.sourceId().equals(delivery.sourceId())
                    && old.billingPeriod().equals(delivery.billingPeriod()))
        .findFirst();
  }
}
