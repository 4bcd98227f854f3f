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
 * The result of a conversion: input, output and changes.
 *
 * @param output folder or file that was written
 * @param rowsIn number of delivered rows that could be read
 * @param rowsOut number of charges; larger than rowsIn if unused parts of commitment fees became
 *     separate charges
 * @param money billed cost by currency
 * @param rejected rows that could not be read and are left out
 * @param changes number of charges with each change, by the name of the change, the most frequent
 *     change first; docs/focus.md explains the names
 * @param notices further messages to the operator, such as repeated rows
 */
public record ConvertReport(
    Path output,
    long rowsIn,
    long rowsOut,
    List<CurrencyTotal> money,
    Rejects rejected,
    Map<String, Long> changes,
    List<String> notices) {

  /**
   * Billed cost in one currency.
   *
   * @param in cost of the delivered rows that could be read
   * @param rejected cost of the rejected rows, as far as their cost can be read
   * @param out cost of the charges, read back from the written files
   */
  public record CurrencyTotal(String currency, BigDecimal in, BigDecimal rejected, BigDecimal out) {
    /** Whether the cost that was written equals the cost that was read. */
    public boolean tied() {
      return in.compareTo(out) == 0;
    }
  }

  public ConvertReport {
    money = List.copyOf(money);
    changes = new LinkedHashMap<>(changes);
    notices = List.copyOf(notices);
  }

  /** Returns the first rows that could not be read, with file, row and reason. */
  public List<Reject> rejects() {
    return rejected.first();
  }

  /**
   * Refuses a conversion that left rows out.
   *
   * @throws Failure with exit code 3 that states their number and the file that lists them
   */
  public void requireWhole() {
    rejected
        .file()
        .ifPresent(
            list -> {
              throw Failure.data(
                  """
                  Cannot convert %d of %d rows: they cannot be read and are left out of %s. %s lists
                  them with file, row and reason. Correct them or have them delivered again, then
                  convert again.
                  """,
                  rejected.rows(), rowsIn + rejected.rows(), output, list);
            });
  }

  /**
   * Refuses a conversion if the cost written differs from the cost read.
   *
   * @throws Failure with exit code 3 that names each currency that differs
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
          """
          Do not use %s: its totals differ from those of the bill (%s). This is a bug; report it
          with the file that was converted.
          """,
          output, differing);
    }
  }
}
