package costlake.core;

import java.util.regex.Pattern;

/**
 * Text that a spreadsheet would run as a formula when it opens a CSV file: it begins with = + - @
 * or a control character. Text that is a number is none, and stays as it is.
 */
public final class SpreadsheetFormulas {
  /** Matches nothing at the beginning of such text, and nowhere else. */
  public static final String START =
      "\\A(?=[=+\\-@\\t\\r\\n])(?![+-](?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?\\z)";

  private static final Pattern AT_START = Pattern.compile(START);

  private SpreadsheetFormulas() {}

  /** The text with an apostrophe in front when a spreadsheet would run it. */
  public static String inert(String text) {
    return AT_START.matcher(text).find() ? "'" + text : text;
  }
}
