package costlake.sample;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A service that AWS meters, and how much of it a resource uses a day.
 *
 * @param team the account whose it is: a team, {@code cluster}, {@code network} or {@code sandbox}
 * @param rate list price of a unit in USD
 * @param low least quantity a day
 * @param high most
 * @param resource id of the resource; {@code #} becomes its own part
 * @param pool the pool that splits it; null when it is a team's own
 */
record MeteredService(
    String team,
    String product,
    String productName,
    String family,
    String usageType,
    String operation,
    String unit,
    BigDecimal rate,
    BigDecimal low,
    BigDecimal high,
    String resource,
    @Nullable String pool) {

  /** EC2 instances at a list price. */
  static MeteredService instance(String team, String usageType, BigDecimal rate, String resource) {
    return new MeteredService(
        team,
        "AmazonEC2",
        "Amazon Elastic Compute Cloud",
        "Compute Instance",
        usageType,
        "RunInstances",
        "Hrs",
        rate,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        resource,
        null);
  }
}
