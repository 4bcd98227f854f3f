package costlake.night;

import costlake.core.BillingPeriod;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Money of a billing month and team by which the allocation that a night built differs from the
 * published one.
 *
 * @param team the team that pays; null if none does
 * @param change EffectiveCost that is built less EffectiveCost that is published
 * @param isClosed whether the month is closed, so that the change becomes a correction in the open
 *     month
 * @param parts the change by reason, largest first
 */
public record MoneyChange(
    BillingPeriod month,
    @Nullable String team,
    String currency,
    BigDecimal change,
    boolean isClosed,
    List<Part> parts) {
  public MoneyChange {
    parts = List.copyOf(parts);
  }

  /**
   * A part of a change.
   *
   * @param reason what can have moved this money, e.g. {@code new delivery of aws-payer}
   */
  public record Part(String reason, BigDecimal change) {}
}
