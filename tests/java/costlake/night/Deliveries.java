package costlake.night;

import costlake.core.Delivery;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** Deliveries without files. */
final class Deliveries {
  private Deliveries() {}

  static Delivery ofSeptember(String source, String kind) {
    return of(source, kind, LocalDate.of(2026, 9, 1), "d");
  }

  static Delivery of(String source, String kind, LocalDate period, String id) {
    return new Delivery(
        source, kind, period, id, List.of(), Instant.EPOCH, "night-1", Delivery.Status.CURRENT);
  }
}
