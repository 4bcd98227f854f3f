package costlake.sample;

import java.math.BigDecimal;
import java.util.List;

/**
 * Something that a cloud meters, and how much of it a resource uses a day.
 *
 * @param team the account whose it is: a team, {@code cluster}, {@code network} or {@code sandbox}
 * @param rate list price of a unit in USD
 * @param low least quantity a day
 * @param high most
 * @param resource id of the resource; {@code #} becomes its own part
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
    String resource) {

  /** Reads one offering a line, its parts apart by bars. */
  static List<MeteredService> parse(String text) {
    return text.lines().map(MeteredService::one).toList();
  }

  private static MeteredService one(String line) {
    String[] part = line.strip().split("\\s*\\|\\s*", -1);
    return new MeteredService(
        part[0],
        part[1],
        part[2],
        part[3],
        part[4],
        part[5],
        part[6],
        new BigDecimal(part[7]),
        new BigDecimal(part[8]),
        new BigDecimal(part[9]),
        part[10]);
  }
}
