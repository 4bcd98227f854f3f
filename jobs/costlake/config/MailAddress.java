package costlake.config;

import costlake.core.Message;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Checks mail addresses. A text must be one address without a name, and without line breaks, which
 * could add a header to a mail.
 */
public final class MailAddress {
  private static final int LENGTH_MAX = 254;
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
              + "@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

  private MailAddress() {}

  /**
   * Refuses a text that is not a mail address.
   *
   * @throws IllegalArgumentException with a message that shows control characters as text
   */
  static void check(String text) {
    if (!isAddress(text)) {
      throw new IllegalArgumentException(
          Message.of(
              """
              '%s' is not a mail address: write one address such as team@example.com, without a name
              or a line break
              """,
              text.replaceAll("\\R", "\\\\n").replaceAll("\\p{Cc}", "?")));
    }
  }

  /** Whether a text is exactly one mail address. */
  public static boolean isAddress(String text) {
    return text.length() <= LENGTH_MAX && ADDRESS.matcher(text).matches();
  }

  /**
   * Returns a key by which addresses are compared. Addresses that differ only in letter case have
   * the same key.
   */
  public static String key(String address) {
    return address.toLowerCase(Locale.ROOT);
  }
}
