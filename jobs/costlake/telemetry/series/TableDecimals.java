package costlake.telemetry.series;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Rounds figures to the nine decimal places that the tables have. Null means unknown. */
public final class TableDecimals {
  /** Number of decimal places. */
  public static final int SCALE = 9;

  private static final int MS_DIGITS = 3;

  private TableDecimals() {}

  /** Rounds a sum half to even. */
  public static @Nullable BigDecimal figure(@Nullable BigDecimal exact) {
    return exact == null ? null : exact.setScale(SCALE, RoundingMode.HALF_EVEN);
  }

  /** Converts milliseconds to seconds. */
  public static BigDecimal seconds(long ms) {
    return BigDecimal.valueOf(ms, MS_DIGITS).setScale(SCALE);
  }

  /** Divides a part by a whole; null if the whole is zero. */
  public static @Nullable BigDecimal ratio(long part, long whole) {
    return whole == 0
        ? null
        : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), SCALE, RoundingMode.HALF_EVEN);
  }
}
