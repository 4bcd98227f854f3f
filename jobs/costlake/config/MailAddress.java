package costlake.config;

import costlake.core.Message;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Checks mail addresses: one mailbox without anything around it, and no character that ends a
 * header.
 */
public final class MailAddress {
  private static final int LENGTH_MAX = 254;
  private static final Pattern ADDRESS =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
              + "@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

  private MailAddress() {}

  /**
   * Refuses what is no address.
   *
   * @throws IllegalArgumentException that shows the text with its control characters made visible
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

  /** Whether a text is one address and nothing else. */
  public static boolean isAddress(String text) {
    return text.length() <= LENGTH_MAX && ADDRESS.matcher(text).matches();
  }

  /**
   * A key that is equal for every spelling of an address: mailboxes do not differ by case alone.
   */
  public static String key(String address) {
    return address.toLowerCase(Locale.ROOT);
  }
}
