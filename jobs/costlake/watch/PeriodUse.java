package costlake.watch;

import costlake.config.Quota;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds what a publication says of the current period of a quota, and what watches saw since then.
 *
 * @param hours hours of watches, each workload and hour once
 * @param at moment of the watch
 */
record PeriodUse(PublishedQuotas published, List<PricedHour> hours, Instant at) {
  private static final BigDecimal HOUR_S = BigDecimal.valueOf(3600);
  private static final int DECIMALS = 9;

  /** Returns accelerator-hours. */
  static BigDecimal hours(BigDecimal acceleratorS) {
    return acceleratorS.divide(HOUR_S, DECIMALS, RoundingMode.HALF_EVEN);
  }

  /** Returns the hours or the cost so far, by the id of each quota that has a period. */
  Map<String, BigDecimal> of(List<Quota> quotas) {
    Map<String, BigDecimal> used = new HashMap<>();
    for (Quota quota : quotas) {
      if (quota.period() != null) {
        used.put(quota.id(), used(quota, quota.period()));
      }
    }
    return used;
  }

  private BigDecimal used(Quota quota, Quota.Period period) {
    LocalDate today = Window.day(at);
    LocalDate first = period.start(today);
    Instant end = published.end(quota.id());
    Instant start = Window.start(first);
    return published
        .used(quota.id(), first, today)
        .add(seen(quota, end.isAfter(start) ? end : start));
  }

  private BigDecimal seen(Quota quota, Instant from) {
    return hours.stream()
        .filter(hour -> !hour.held().hour().isBefore(from))
        .filter(hour -> quota.scope().covers(hour.held().team(), hour.held().model()))
        .map(hour -> amount(hour, quota.currency()))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Returns the cost if there is a currency; what has no price in it does not count. */
  private static BigDecimal amount(PricedHour hour, @Nullable String currency) {
    return currency == null
        ? hours(hour.held().acceleratorS())
        : hour.cost()
            .filter(cost -> cost.currency().equals(currency))
            .map(Cost::amount)
            .orElse(BigDecimal.ZERO);
  }
}
