package costlake.night;

import costlake.config.Source;
import costlake.core.BillingPeriod;
import costlake.core.Delivery;
import java.time.LocalDate;
import java.util.List;

/** Whether a source has delivered a month. */
public final class DeliveredMonths {
  private DeliveredMonths() {}

  /**
   * Whether the deliveries contain the month of a source: the month itself for bills, its last day
   * for telemetry, any delivery for a table without months.
   *
   * @param deliveries deliveries of the current publication
   */
  public static boolean has(List<Delivery> deliveries, Source source, BillingPeriod month) {
    LocalDate wanted =
        switch (source.kind()) {
          case AWS_CUR, FOCUS -> month.firstDay();
          case PROMETHEUS -> month.month().atEndOfMonth();
          case BENEFITS -> Delivery.ALL_PERIODS;
        };
    return deliveries.stream()
        .anyMatch(d -> d.sourceId().equals(source.id()) && d.billingPeriod().equals(wanted));
  }
}
