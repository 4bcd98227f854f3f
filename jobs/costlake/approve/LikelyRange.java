package costlake.approve;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What a run is likely to cost, by what past runs of its project cost of their projected cost.
 *
 * @param low projected cost x the low ratio of past runs; null if there are too few
 * @param pastRuns approved runs of the project that ended
 */
public record LikelyRange(@Nullable BigDecimal low, @Nullable BigDecimal high, int pastRuns) {
  /** How many past runs a range needs. */
  public static final int PAST_RUNS_MIN = 5;
}
