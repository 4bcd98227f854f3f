package costlake.approve;

import costlake.core.Failure;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a run asks for.
 *
 * @param accelerator name of the accelerator as the person writes it
 * @param hours hours for which the run holds all of them
 */
public record RunRequest(int accelerators, String accelerator, BigDecimal hours) {
  private static final Pattern ACCELERATORS = Pattern.compile("([0-9]{1,6})[xX](\\S.*)");
  private static final BigDecimal HOURS_MAX = BigDecimal.valueOf(24 * 366);
  private static final int DECIMALS = 3;

  /**
   * Reads what a run asks for.
   *
   * @param text number and name of accelerators, e.g. {@code 64xH100}
   * @throws Failure with exit code 2 if there is no accelerator or no time
   */
  public static RunRequest of(String text, BigDecimal hours) {
    Matcher parts = ACCELERATORS.matcher(text.strip());
    if (!parts.matches() || Integer.parseInt(parts.group(1)) == 0) {
      throw Failure.operator(
          "Cannot read the accelerators '%s': write their number, x and their name, e.g. 64xH100",
          text);
    }
    return new RunRequest(Integer.parseInt(parts.group(1)), parts.group(2).strip(), checked(hours));
  }

  private static BigDecimal checked(BigDecimal hours) {
    if (hours.signum() <= 0
        || hours.compareTo(HOURS_MAX) > 0
        || hours.stripTrailingZeros().scale() > DECIMALS) {
      throw Failure.operator(
          "Cannot use %s hours: write a number above 0 and up to %s, with at most three decimals",
          hours.toPlainString(), HOURS_MAX);
    }
    return hours;
  }

  /** Returns accelerators x hours. */
  BigDecimal acceleratorHours() {
    return hours.multiply(BigDecimal.valueOf(accelerators));
  }

  /** Returns the name of the accelerator as names are compared. */
  String key() {
    return accelerator.toLowerCase(Locale.ROOT);
  }

  /** For whom a run is, and why. */
  public record Purpose(
      String runId, String teamId, @Nullable String projectId, @Nullable String why) {}
}
