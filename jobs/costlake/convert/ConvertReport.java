package costlake.convert;

import costlake.core.Failure;
import costlake.core.Reject;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What went in, what came out and what was altered on the way.
 *
 * @param output folder or file that was written
 * @param rowsIn delivered rows that could be read
 * @param rowsOut charges; more than the rows that went in where the unused part of a commitment's
 *     fee became a charge of its own
 * @param money billed cost by currency
 * @param rejects rows that could not be read, with file, row and reason; the first {@link
 *     Convert#REJECTS_MAX}
 * @param changes charges by what was altered, most frequent first; docs/focus.md says what each
 *     name means
 */
public record ConvertReport(
    Path output,
    long rowsIn,
    long rowsOut,
    List<CurrencyTotal> money,
    List<Reject> rejects,
    Map<String, Long> changes) {

  /**
   * Billed cost in one currency.
   *
   * @param in as delivered
   * @param out as written, read back from what was written
   */
  public record CurrencyTotal(String currency, BigDecimal in, BigDecimal out) {
    /** Whether not a digit was lost. */
    public boolean tied() {
      return in.compareTo(out) == 0;
    }
  }

  public ConvertReport {
    money = List.copyOf(money);
    rejects = List.copyOf(rejects);
    changes = new LinkedHashMap<>(changes);
  }

  /**
   * Refuses a conversion that lost or made money.
   *
   * @throws Failure of the data's family that names each currency that differs
   */
  public void requireTied() {
    String differing =
        money.stream()
            .filter(total -> !total.tied())
            .map(
                total ->
                    "%s %s in, %s out"
                        .formatted(
                            total.currency(),
                            total.in().toPlainString(),
                            total.out().toPlainString()))
            .collect(Collectors.joining("; "));
    if (!differing.isEmpty()) {
      throw Failure.data(
          "Cannot vouch for "
              + output
              + ": the money does not tie ("
              + differing
              + "). Do not use it; report the file that was converted.");
    }
  }
}
