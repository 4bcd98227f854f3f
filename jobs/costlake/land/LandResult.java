package costlake.land;

import costlake.core.Delivery;
import costlake.core.Reject;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The result of landing.
 *
 * @param landed new deliveries, pinned; they are current once the night is published
 * @param replaced those that had counted until now for the same source and period as a landed one
 * @param unchanged those that count and were found again
 * @param refused what was not taken, and why
 * @param silent ids of sources that are there and have nothing that can be read, for any month
 * @param notices what the operator should know though nothing is refused for it
 * @param rejects rows of landed and refused files that cannot be read, at most 1,000 a file and
 *     10,000 a delivery
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
   * A delivery that was not taken. What counted before still does.
   *
   * @param period first of the month, or the day
   * @param message what is wrong, where, and the next step
   */
  public record Refusal(
      String sourceId, String kind, LocalDate period, String deliveryId, String message) {}

  /**
   * Something that the operator should know.
   *
   * @param period first of the month, or the day; {@link Delivery#ALL_PERIODS} for the source
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

  /** The result of no source at all. */
  static final LandResult NOTHING =
      new LandResult(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

  /** The result of a source that has nothing. */
  static LandResult silent(String sourceId) {
    return new LandResult(
        List.of(), List.of(), List.of(), List.of(), List.of(sourceId), List.of(), List.of());
  }

  /** The deliveries that count once these are published: landed and unchanged. */
  public List<Delivery> current() {
    return Stream.concat(landed.stream(), unchanged.stream()).toList();
  }

  /** The delivery that a landed one takes the place of. */
  public Optional<Delivery> before(Delivery delivery) {
    return replaced.stream()
        .filter(
            old ->
                old.sourceId().equals(delivery.sourceId())
                    && old.billingPeriod().equals(delivery.billingPeriod()))
        .findFirst();
  }
}
