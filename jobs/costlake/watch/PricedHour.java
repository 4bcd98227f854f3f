package costlake.watch;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a workload held in an hour, and what it cost at the last published price.
 *
 * @param price null if it is unknown
 */
record PricedHour(Held held, @Nullable Price price) {
  /** Returns the estimated cost; empty if the price is unknown. */
  Optional<Cost> cost() {
    return Optional.ofNullable(price).map(known -> known.of(held.acceleratorS()));
  }
}
