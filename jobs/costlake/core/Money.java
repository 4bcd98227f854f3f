package costlake.core;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads amounts of money as the lake stores them: {@code decimal(38,21)}.
 *
 * <p>Real bills have up to 21 decimal places (see docs/adr/0001-money.md), which leaves 17 digits
 * before the point. A value that does not fit is refused. It is never rounded.
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

  /**
   * Reads an amount from delivered text.
   *
   * @return the amount with {@link #SCALE} decimal places; empty if the text is not a number, or if
   *     the number would have to be rounded or is too large
   */
  public static Optional<BigDecimal> parse(String text) {
    String trimmed = text.strip();
    if (trimmed.length() > LONGEST_TEXT || !NUMBER.matcher(trimmed).matches()) {
      return Optional.empty();
    }
    return exact(new BigDecimal(trimmed));
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
