package costlake.quota;

import java.math.BigDecimal;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What was used of a quota in its current period. All values are null if nothing was measured.
 *
 * @param used accelerators (the most in an hour), accelerator-hours or money
 * @param remaining limit minus used
 * @param isOver whether more was used than the limit allows
 * @param measuredUntil last day that is measured
 */
public record QuotaUse(
    LocalDate periodStart,
    LocalDate periodEnd,
    @Nullable BigDecimal used,
    @Nullable BigDecimal remaining,
    @Nullable Boolean isOver,
    @Nullable LocalDate measuredUntil) {}
