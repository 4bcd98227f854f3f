package costlake.core;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The money type of the lake: {@code decimal(38,21)}.
 *
 * <p>Real bills carry up to 21 fraction digits (see docs/adr/0001-money.md); 17 digits remain
 * before the point. A value that does not fit is refused, never rounded without a word.
 */
public final class Money {
  /** Digits in all. */
  public static final int PRECISION = 38;

  /** Digits after the point. */
  public static final int SCALE = 21;

  /** The type of money as a Spark SQL type name. */
  public static final String SQL_TYPE = "decimal(38,21)";

  private static final int LONGEST_TEXT = 64;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");

  private Money() {}

  /**
   * Reads delivered text exactly.
   *
   * @return the value at scale {@link #SCALE}, or empty when the text is no number or does not fit
   *     without rounding
   */
  public static Optional<BigDecimal> parse(String text) {
    String trimmed = text.strip();
    if (trimmed.length() > LONGEST_TEXT || !NUMBER.matcher(trimmed).matches()) {
      return Optional.empty();
    }
    return exact(new BigDecimal(trimmed));
  }

  /** The value at scale {@link #SCALE}, or empty when it does not fit without rounding. */
  public static Optional<BigDecimal> exact(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    if (stripped.scale() > SCALE || stripped.precision() - stripped.scale() > PRECISION - SCALE) {
      return Optional.empty();
    }
    return Optional.of(stripped.setScale(SCALE));
  }
}
