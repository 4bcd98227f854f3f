package costlake.config;

import java.util.regex.Pattern;

/** Codes of currencies, such as USD. */
public final class CurrencyCode {
  private static final Pattern CODE = Pattern.compile("[A-Z]{3}");

  private CurrencyCode() {}

  /** Whether the text has the form of a code of ISO 4217. */
  public static boolean isValid(String text) {
    return CODE.matcher(text).matches();
  }
}
