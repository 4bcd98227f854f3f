package costlake.telemetry.series;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A fault in the measurements, to be shown to the operator.
 *
 * @param hour hour of the day; null if the finding is about the whole day
 * @param subject the measured object
 * @param reason what is wrong
 * @param measured the value as measured
 * @param allowed the possible value that replaced the measured value; null if no value replaced it
 */
public record Finding(
    @Nullable Integer hour,
    String subject,
    String reason,
    @Nullable BigDecimal measured,
    @Nullable BigDecimal allowed) {}
