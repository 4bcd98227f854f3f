package costlake.telemetry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Figures in the form of the tables: nine digits after the point, null for unknown. */
final class TableDecimals {
  /** Digits after the point. */
  static final int SCALE = 9;

  private static final int MS_DIGITS = 3;

  private TableDecimals() {}

  /** A sum in the form of the tables. */
  static @Nullable BigDecimal figure(@Nullable BigDecimal exact) {
    return exact == null ? null : exact.setScale(SCALE, RoundingMode.HALF_EVEN);
  }

  static BigDecimal seconds(long ms) {
    return BigDecimal.valueOf(ms, MS_DIGITS).setScale(SCALE);
  }

  /** Part of a whole; null when the whole is nothing. */
  static @Nullable BigDecimal ratio(long part, long whole) {
    return whole == 0
        ? null
        : BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), SCALE, RoundingMode.HALF_EVEN);
  }
}
