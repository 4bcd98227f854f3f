package costlake.telemetry;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A finding about the measurements that a person should know.
 *
 * @param hour of the day, or null when it is about the whole day
 * @param subject what was measured
 * @param reason what is wrong with it
 * @param measured what was claimed
 * @param allowed what is possible, and was taken instead; null when nothing was taken instead
 */
record Finding(
    @Nullable Integer hour,
    String subject,
    String reason,
    @Nullable BigDecimal measured,
    @Nullable BigDecimal allowed) {}
