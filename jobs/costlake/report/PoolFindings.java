package costlake.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sums up the shared cost of a statement, which it has by way of pools. */
final class PoolFindings {
  private final Statement statement;
  private final FigureFormat figures;
  private final StatementTexts words;

  PoolFindings(Statement statement, FigureFormat figures, StatementTexts words) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
  }

  private List<PrintedRow> pools() {
    return statement.rows("pools");
  }

  /** Sums up shared cost in one line, with the tax and credits that were split with it. */
  public String lede() {
    int count = pools().size();
    String shared =
        words.say(
            count == 1
                ? "{0} {1} of shared cost came by way of {2} pool"
                : "{0} {1} of shared cost came by way of {2} pools",
            statement.head().currency(),
            figures.money(total()),
            count);
    BigDecimal other = taxAndCredit();
    return other.signum() == 0
        ? shared + "."
        : words.say(
            "{0}; tax and credits of {1} were split the same way.", shared, figures.money(other));
  }

  private BigDecimal taxAndCredit() {
    return pools().stream()
        .map(pool -> pool.decimalOrNull("tax_and_credit_shown"))
        .filter(Objects::nonNull)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Returns the price of a unit of a pool; null if nobody had units. */
  public @Nullable BigDecimal unitPrice(PrintedRow pool) {
    return FigureFormat.ratio(pool.decimal("pool_shown"), pool.decimalOrNull("all_units"));
  }

  /** Returns the shared cost of all pools, which the first page prints as one line. */
  public BigDecimal total() {
    return pools().stream()
        .map(pool -> pool.decimal("share_shown"))
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
