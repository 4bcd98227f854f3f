package costlake.core;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A numbered statement that was issued when a month was closed. It never changes. There is one
 * statement for each month, team, currency and number.
 *
 * @param id {@code month/team/currency/number}, e.g. {@code 2026-09/search/USD/1}
 * @param number 1 for the first statement; each close after a re-opening adds 1
 * @param closeNumber number of the close that issued the statement
 * @param total EffectiveCost in the currency, unrounded
 * @param billed BilledCost in the currency, unrounded
 * @param contentHash SHA-256 of the figures and texts of the document; the document of a team has
 *     one part for each currency, and all parts have the same hash
 * @param supersedes id of the statement that this statement replaces; null if there is none
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

  /** Builds the id of a numbered statement. */
  public static String id(BillingPeriod period, String teamId, String currency, int number) {
    return period + "/" + teamId + "/" + currency + "/" + number;
  }
}
