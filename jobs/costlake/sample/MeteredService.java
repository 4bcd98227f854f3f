package costlake.sample;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * An AWS service, and how much of it a resource uses each day.
 *
 * @param team whose account uses the service: a team, {@code cluster}, {@code network} or {@code
 *     sandbox}
 * @param description what the bill says of its charges; null if it repeats the product and the type
 *     of usage
 * @param rate list price of a unit in USD
 * @param low smallest quantity in a day
 * @param high largest quantity in a day
 * @param resource pattern of the resource id; {@code #} is replaced by a text that differs for each
 *     resource
 * @param pool pool of the shared cost; null if the resource belongs to one team
 */
record MeteredService(
    String team,
    String product,
    String productName,
    String family,
    String usageType,
    @Nullable String description,
    String operation,
    String unit,
    BigDecimal rate,
    BigDecimal low,
    BigDecimal high,
    String resource,
    @Nullable String pool) {

  /** Returns what the bill says of a charge. */
  String described() {
    return description == null ? productName + " " + usageType : description;
  }

  /** Returns this service at another list price. */
  MeteredService at(BigDecimal otherRate) {
    return new MeteredService(
        team,
        product,
        productName,
        family,
        usageType,
        description,
        operation,
        unit,
        otherRate,
        low,
        high,
        resource,
        pool);
  }

  /** Describes EC2 instances with a list price for each hour. */
  static MeteredService instance(String team, String usageType, BigDecimal rate, String resource) {
    return new MeteredService(
        team,
        "AmazonEC2",
        "Amazon Elastic Compute Cloud",
        "Compute Instance",
        usageType,
        null,
        "RunInstances",
        "Hrs",
        rate,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        resource,
        null);
  }
}
