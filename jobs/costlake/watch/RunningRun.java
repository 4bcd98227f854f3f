package costlake.watch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run with a workload that holds accelerators now.
 *
 * @param since its start, as far as records or the watch know it
 * @param soFar what bills say of it, and an estimate of what they do not say yet; null if a price
 *     is unknown
 */
public record RunningRun(
    String id,
    @Nullable String team,
    @Nullable String project,
    Instant since,
    @Nullable Cost soFar) {
  boolean isAbove(Cost other) {
    return soFar != null && soFar.isAbove(other);
  }
}
