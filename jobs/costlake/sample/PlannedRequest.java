package costlake.sample;

import java.math.BigDecimal;
import java.time.LocalDateTime;

/**
 * A request that a gateway logs.
 *
 * @param isRetried whether the log has it twice, because the first answer was an error
 */
record PlannedRequest(
    String id,
    LocalDateTime at,
    String tenant,
    boolean isFailed,
    boolean isRetried,
    boolean isBatch,
    long input,
    long cached,
    long output) {
  private static final int START_MS = 400;
  private static final int UNCACHED_PER_MS = 10;
  private static final int OUTPUT_MS = 8;

  long uncached() {
    return input - cached;
  }

  long firstTokenMs() {
    return START_MS + uncached() / UNCACHED_PER_MS;
  }

  long latencyMs() {
    return isFailed ? START_MS : firstTokenMs() + output * OUTPUT_MS;
  }

  BigDecimal latencyS() {
    return BigDecimal.valueOf(latencyMs(), 3);
  }
}
