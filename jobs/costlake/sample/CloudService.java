package costlake.sample;

import java.math.BigDecimal;
import java.util.Map;

/**
 * A service of a cloud, and how much of it a resource uses each day.
 *
 * @param team team that uses the service
 * @param rate list price of a unit in USD
 * @param low smallest quantity in a day
 * @param high largest quantity in a day
 * @param resource pattern of the resource id; {@code $} is replaced by the account, {@code #} by a
 *     text that differs for each resource
 * @param columns what its lines say of the service, by column of the export
 */
record CloudService(
    String team,
    String meter,
    String unit,
    BigDecimal rate,
    BigDecimal low,
    BigDecimal high,
    String resource,
    Map<String, String> columns) {
  /** Returns this service at another list price. */
  CloudService at(BigDecimal otherRate) {
    return new CloudService(team, meter, unit, otherRate, low, high, resource, columns);
  }
}
