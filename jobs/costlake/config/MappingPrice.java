package costlake.config;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A price of a rate card.
 *
 * @param where the rows that it is for
 * @param unit the {@code PricingUnit} that costs this price
 * @param price price of one unit; not negative
 * @param currency its currency; null if the mapping gives the currency of the charges
 * @param from first day on which it is in force; null: always
 * @param to first day on which it is no longer in force; null: never
 * @param origin where it is written
 */
public record MappingPrice(
    RowCondition where,
    String unit,
    BigDecimal price,
    @Nullable String currency,
    @Nullable LocalDate from,
    @Nullable LocalDate to,
    Origin origin) {
  /** Whether the price is in force on a day. */
  public boolean isInForce(LocalDate day) {
    return (from == null || !day.isBefore(from)) && (to == null || day.isBefore(to));
  }

  /** Whether both prices are for the same rows, unit and some day. */
  boolean overlaps(MappingPrice other) {
    return where.equals(other.where)
        && unit.equals(other.unit)
        && begins(this, other)
        && begins(other, this);
  }

  private static boolean begins(MappingPrice one, MappingPrice other) {
    return one.from == null || other.to == null || one.from.isBefore(other.to);
  }
}
