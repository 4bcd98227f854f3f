package costlake.core;

import java.util.regex.Pattern;

/**
 * Protects text against spreadsheets that run it as a formula when they open a CSV file. Such text
 * begins with = + - @ or a control character, and is not a number.
 */
public final class SpreadsheetFormulas {
  /**
   * Matches at the start of such text, without consuming a character. Does not match other text.
   */
  public static final String START =
      "\\A(?=[=+\\-@\\t\\r\\n])(?![+-](?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][+-]?\\d+)?\\z)";

  private static final Pattern AT_START = Pattern.compile(START);

  private SpreadsheetFormulas() {}

  /** Puts an apostrophe before the text if a spreadsheet would run it. */
  public static String inert(String text) {
    return AT_START.matcher(text).find() ? "'" + text : text;
  }
}
