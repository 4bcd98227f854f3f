package costlake.incident;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was done to a generated company.
 *
 * @param start first day that it changes
 * @param end last day that it changes
 * @param cause what a watch should say
 * @param owner team that can act
 * @param change makes a line as it is with the plant; empty if it has none
 */
record Planted(
    Kind kind,
    LocalDate start,
    LocalDate end,
    Cause cause,
    String owner,
    Function<CostLine, List<CostLine>> change) {
  enum Kind {
    PRICE_CHANGE,
    RUNAWAY_JOB,
    FORGOTTEN_NODES,
    EGRESS_BURST,
    DELETED_COMMITMENT,
    TAG_LOST,
    COMMITMENT_UNUSED
  }

  boolean isOn(LocalDate day) {
    return !day.isBefore(start) && !day.isAfter(end);
  }

  /** Returns a line with another price, as a share of the price before. */
  static CostLine priced(CostLine line, double ratio) {
    return with(line, line.team(), line.commitment(), line.quantity(), times(line.cost(), ratio));
  }

  /** Returns a line with more or less usage, as a share of the usage before. */
  static CostLine used(CostLine line, double ratio) {
    BigDecimal quantity = line.quantity() == null ? null : times(line.quantity(), ratio);
    return with(line, line.team(), line.commitment(), quantity, times(line.cost(), ratio));
  }

  static CostLine with(
      CostLine line,
      @Nullable String team,
      @Nullable String commitment,
      @Nullable BigDecimal quantity,
      BigDecimal cost) {
    return new CostLine(
        line.day(),
        line.kind(),
        team,
        line.service(),
        line.sku(),
        line.unit(),
        commitment,
        line.resource(),
        line.group(),
        line.model(),
        quantity,
        cost);
  }

  static CostLine on(CostLine line, String resource) {
    return new CostLine(
        line.day(),
        line.kind(),
        line.team(),
        line.service(),
        line.sku(),
        line.unit(),
        null,
        resource,
        line.group(),
        null,
        line.quantity(),
        line.cost());
  }

  private static BigDecimal times(BigDecimal amount, double ratio) {
    return amount.multiply(BigDecimal.valueOf(ratio)).setScale(9, java.math.RoundingMode.HALF_EVEN);
  }
}
