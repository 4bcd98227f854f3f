package costlake.incident;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a team paid for a SKU and a resource on a day.
 *
 * @param team team that pays; null if nobody does
 * @param commitment commitment that covered the usage, or whose unused part this is; null if none
 * @param resource resource that only one team uses; null if several share it or the bill names none
 * @param group resource group, or account or project, of the resource
 * @param quantity priced quantity in the unit; null if unknown
 * @param cost effective cost in the currency of the bill
 */
public record CostLine(
    LocalDate day,
    Kind kind,
    @Nullable String team,
    String service,
    String sku,
    @Nullable String unit,
    @Nullable String commitment,
    @Nullable String resource,
    @Nullable String group,
    @Nullable String model,
    @Nullable BigDecimal quantity,
    BigDecimal cost) {
  /** What the cost is for. */
  public enum Kind {
    /** Usage, which has a quantity and a price. */
    USAGE,
    /** What nobody used of a machine in use. */
    IDLE,
    /** What nobody used of a commitment. */
    UNUSED,
    /** Credits, taxes, fees and shared cost. */
    OTHER
  }

  /** Whether it is usage at a price. */
  boolean isUsage() {
    return kind == Kind.USAGE && isPriced();
  }

  /** Whether the cost is a quantity at a price. */
  boolean isPriced() {
    return (kind == Kind.USAGE || kind == Kind.IDLE) && quantity != null && quantity.signum() > 0;
  }
}
