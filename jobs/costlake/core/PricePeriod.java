package costlake.core;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * When a price of a dated list is in force. Times are UTC.
 *
 * @param validFrom first day on which it is in force; null: since ever
 * @param validTo first day on which it is no longer in force; null: until further notice
 * @param dailyFrom time of day from which it is in force; null: the whole day
 * @param dailyTo time of day from which it is no longer in force; it may be after midnight
 */
public record PricePeriod(
    @Nullable LocalDate validFrom,
    @Nullable LocalDate validTo,
    @Nullable LocalTime dailyFrom,
    @Nullable LocalTime dailyTo) {
  public PricePeriod {
    if ((dailyFrom == null) != (dailyTo == null)) {
      throw new IllegalArgumentException("daily_from and daily_to need each other");
    }
    if (validFrom != null && validTo != null && !validFrom.isBefore(validTo)) {
      throw new IllegalArgumentException("valid_from is not before valid_to");
    }
  }

  /**
   * Whether the price is in force at a time. Before the first day of a list, the prices of that day
   * are.
   *
   * @param firstDay first day with a price; null if one is in force since ever
   */
  public boolean isInForce(LocalDateTime time, @Nullable LocalDate firstDay) {
    LocalDate day = time.toLocalDate();
    LocalDate priced = firstDay != null && day.isBefore(firstDay) ? firstDay : day;
    return (validFrom == null || !priced.isBefore(validFrom))
        && (validTo == null || priced.isBefore(validTo))
        && isDaily(time.toLocalTime());
  }

  private boolean isDaily(LocalTime time) {
    if (dailyFrom == null || dailyTo == null) {
      return true;
    }
    boolean begun = !time.isBefore(dailyFrom);
    boolean over = !time.isBefore(dailyTo);
    return dailyFrom.isBefore(dailyTo) ? begun && !over : begun || !over;
  }

  /** Whether both periods have some time. */
  public boolean overlaps(PricePeriod other) {
    return begins(this, other)
        && begins(other, this)
        && (isDaily(other.start()) || other.isDaily(start()));
  }

  private LocalTime start() {
    return Objects.requireNonNullElse(dailyFrom, LocalTime.MIDNIGHT);
  }

  private static boolean begins(PricePeriod one, PricePeriod other) {
    return one.validFrom == null || other.validTo == null || one.validFrom.isBefore(other.validTo);
  }
}
