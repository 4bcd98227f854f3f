package costlake.core;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A numbered statement as it was issued when its month was closed; it never changes. One per month,
 * team, currency and number.
 *
 * @param id {@code month/team/currency/number}, e.g. {@code 2026-09/search/USD/1}
 * @param number 1, and one more each time the month was re-opened and closed again
 * @param closeNumber the close of the month that issued it
 * @param total EffectiveCost in the currency, unrounded
 * @param billed BilledCost in the currency, unrounded
 * @param contentHash SHA-256 of the figures and text of the team's document, which holds a part for
 *     each of its currencies; parts of one document have the same
 * @param supersedes id of the statement it takes the place of, or null
 */
public record IssuedStatement(
    String id,
    BillingPeriod period,
    String teamId,
    String currency,
    int number,
    int closeNumber,
    BigDecimal total,
    BigDecimal billed,
    String contentHash,
    Instant issuedAt,
    @Nullable String supersedes) {
  public IssuedStatement {
    Objects.requireNonNull(contentHash, "contentHash");
    if (number < 1 || closeNumber < number) {
      throw new IllegalArgumentException(
          "Invalid statement number " + number + " of close " + closeNumber);
    }
    if (!id.equals(id(period, teamId, currency, number))) {
      throw new IllegalArgumentException("Invalid statement id '" + id + "'");
    }
  }

  /** The id of a numbered statement. */
  public static String id(BillingPeriod period, String teamId, String currency, int number) {
    return period + "/" + teamId + "/" + currency + "/" + number;
  }
}
