package costlake.night;

import costlake.config.Source;
import costlake.core.BillingPeriod;
import costlake.core.Delivery;
import java.time.LocalDate;
import java.util.List;

/** Checks whether a source has delivered a month. */
public final class DeliveredMonths {
  private DeliveredMonths() {}

  /**
   * Whether the deliveries contain a month of a source. A bill needs a delivery of the month,
   * telemetry needs a delivery of the last day of the month, and a table without months needs any
   * delivery.
   *
   * @param deliveries deliveries of the current publication
   */
  public static boolean has(List<Delivery> deliveries, Source source, BillingPeriod month) {
    LocalDate wanted =
        switch (source.sourceKind().period()) {
          case MONTH -> month.firstDay();
          case DAY -> month.month().atEndOfMonth();
          case ALL -> Delivery.ALL_PERIODS;
        };
    return deliveries.stream()
        .anyMatch(d -> d.sourceId().equals(source.id()) && d.billingPeriod().equals(wanted));
  }
}
