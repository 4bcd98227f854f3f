package costlake.watch;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** An estimated cost. */
public record Cost(String currency, BigDecimal amount) {
  /** Returns the sum of two costs in one currency. */
  Cost plus(Cost other) {
    return new Cost(currency, amount.add(other.amount));
  }

  /** Whether it is above a cost in the same currency. */
  boolean isAbove(Cost other) {
    return currency.equals(other.currency) && amount.compareTo(other.amount) > 0;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%s %,.2f", currency, amount.setScale(2, RoundingMode.HALF_EVEN));
  }
}
