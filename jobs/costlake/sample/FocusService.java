package costlake.sample;

import java.math.BigDecimal;

/**
 * A service of a cloud that delivers FOCUS, and how much of it a resource uses a day.
 *
 * @param team whose it is
 * @param rate list price of a unit in USD
 * @param low least quantity a day
 * @param high most
 * @param resource id of the resource; {@code $} becomes the account, {@code #} its own part
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
