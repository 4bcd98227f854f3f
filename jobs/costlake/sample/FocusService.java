package costlake.sample;

import java.math.BigDecimal;

/**
 * A service of a cloud that delivers FOCUS, and how much of it a resource uses each day.
 *
 * @param team team that uses the service
 * @param rate list price of a unit in USD
 * @param low smallest quantity in a day
 * @param high largest quantity in a day
 * @param resource pattern of the resource id; {@code $} is replaced by the account, {@code #} by a
 *     text that differs for each resource
 */
record FocusService(
    String team,
    String service,
    String category,
    String subcategory,
    String meter,
    String resourceType,
    String unit,
    BigDecimal rate,
    BigDecimal low,
    BigDecimal high,
    String resource) {}
