package costlake.core;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads amounts of money as the lake stores them: {@code decimal(38,21)}.
 *
 * <p>Real bills have up to 21 decimal places (see docs/adr/0001-money.md), which leaves 17 digits
 * before the point. A value with more digits before the point is refused. Digits after the 21st
 * decimal place are lost only through {@link #rounded}, so that a reader can record it.
 */
public final class Money {
  /** Total number of digits. */
  public static final int PRECISION = 38;

  /** Number of decimal places. */
  public static final int SCALE = 21;

  /** Name of the type in Spark SQL. */
  public static final String SQL_TYPE = "decimal(38,21)";

  private static final int LONGEST_TEXT = 64;
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,3})?");

  private Money() {}

  /** Whether the text is an amount, if needed with fewer digits after the point. */
  public static boolean isAmount(String text) {
    return parse(text).or(() -> rounded(text)).isPresent();
  }

  /**
   * Reads an amount with too many decimal places, and rounds it half to even.
   *
   * @return empty if the text is not a number, or if the number is too large or needs no rounding
   */
  public static Optional<BigDecimal> rounded(String text) {
    return number(text)
        .filter(value -> value.stripTrailingZeros().scale() > SCALE)
        .flatMap(value -> exact(value.setScale(SCALE, RoundingMode.HALF_EVEN)));
  }

  /**
   * Reads an amount from delivered text.
   *
   * @return the amount with {@link #SCALE} decimal places; empty if the text is not a number, or if
   *     the number would have to be rounded or is too large
   */
  public static Optional<BigDecimal> parse(String text) {
    return number(text).flatMap(Money::exact);
  }

  private static Optional<BigDecimal> number(String text) {
    String trimmed = text.strip();
    return trimmed.length() > LONGEST_TEXT || !NUMBER.matcher(trimmed).matches()
        ? Optional.empty()
        : Optional.of(new BigDecimal(trimmed));
  }

  /**
   * Returns the value with {@link #SCALE} decimal places; empty if the value would have to be
   * rounded or is too large.
   */
  public static Optional<BigDecimal> exact(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    if (stripped.scale() > SCALE || stripped.precision() - stripped.scale() > PRECISION - SCALE) {
      return Optional.empty();
    }
    return Optional.of(stripped.setScale(SCALE));
  }
}
