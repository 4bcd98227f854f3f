package costlake.approve;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request for the approval of a run, with the figures that were known when it was made.
 *
 * @param id number of the request: 1, 2, 3 ...
 * @param runId run, as its record will name it
 * @param hours hours for which the run holds all its accelerators
 * @param projectedCost accelerators x hours x price: the cap
 * @param why reason that the requester gave
 */
public record ApprovalRequest(
    String id,
    String runId,
    String teamId,
    @Nullable String projectId,
    int accelerators,
    BigDecimal hours,
    Price price,
    BigDecimal projectedCost,
    LikelyRange likely,
    String requester,
    Instant requestedAt,
    @Nullable String why) {
  /** Returns accelerators x hours. */
  BigDecimal acceleratorHours() {
    return hours.multiply(BigDecimal.valueOf(accelerators));
  }
}
