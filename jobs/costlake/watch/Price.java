package costlake.watch;

import costlake.core.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/**
 * What an hour of one accelerator cost, with its part of the machine.
 *
 * @param hourly amount of {@code currency} per accelerator-hour
 * @param until last day of the month or of the days from which the price is computed
 */
record Price(String currency, BigDecimal hourly, LocalDate until) {
  static final int SCALE = Money.SCALE;

  static final BigDecimal HOUR_S = BigDecimal.valueOf(3600);

  /** Returns the cost of accelerators x seconds. */
  Cost of(BigDecimal acceleratorS) {
    return new Cost(
        currency, acceleratorS.multiply(hourly).divide(HOUR_S, SCALE, RoundingMode.HALF_UP));
  }
}
