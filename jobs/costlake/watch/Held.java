package costlake.watch;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Accelerators of one model that a workload held in an hour; without a workload, those of a cluster
 * that nobody held. Null means unknown.
 *
 * @param hour start of the hour
 * @param kind e.g. {@code notebook}
 * @param model canonical name of the accelerator model
 * @param acceleratorS accelerators x seconds
 * @param activeS part of {@code acceleratorS} in which they computed; null if not measured
 * @param presentS seconds of the hour in which the workload was there
 * @param from first moment of the hour at which it was there
 * @param until end of the last sample of the hour
 */
record Held(
    Instant hour,
    String cluster,
    String scheduler,
    @Nullable String workload,
    @Nullable String kind,
    @Nullable String run,
    @Nullable String model,
    @Nullable String team,
    @Nullable String project,
    BigDecimal acceleratorS,
    @Nullable BigDecimal activeS,
    BigDecimal presentS,
    Instant from,
    Instant until) {

  /** Returns the accelerators that it held while it was there. */
  BigDecimal accelerators() {
    return acceleratorS.divide(presentS, 2, RoundingMode.HALF_EVEN);
  }
}
