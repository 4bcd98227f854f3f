package costlake.deliver;

import costlake.outbox.Message;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * A threshold that a budget reached. It fires once in a period.
 *
 * @param messageId budget, first day of the period, basis and percentage, e.g. {@code
 *     search/2026-09-01/actual/80}
 * @param teamId team that is told
 * @param periodStart first day of the period
 * @param periodEnd last day of the period
 * @param basis actual or forecast
 * @param percent percentage of the amount that was reached
 * @param unit currency of the amount, accelerator_hours or tokens
 * @param amount amount of the budget in the period
 * @param used what was used of it when the threshold fired
 * @param reachedOn day on which the cost or use reached the threshold
 */
public record Threshold(
    String messageId,
    String budgetId,
    String budgetName,
    String teamId,
    LocalDate periodStart,
    LocalDate periodEnd,
    String basis,
    BigDecimal percent,
    String unit,
    BigDecimal amount,
    BigDecimal used,
    LocalDate reachedOn)
    implements Message {
  /** Returns SQL that writes the percentage of a threshold in a table, e.g. 80 or 99.5. */
  public static String percent(String threshold) {
    return "regexp_replace(cast(%s.percent as string), '[.]?0+$', '')".formatted(threshold);
  }

  /** Whether a later period of a rolling budget has days of this period. */
  boolean covers(Threshold later) {
    return budgetId.equals(later.budgetId)
        && basis.equals(later.basis)
        && percent.compareTo(later.percent) == 0
        && !periodEnd.isBefore(later.periodStart);
  }
}
