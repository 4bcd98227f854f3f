package costlake.core;

import java.util.regex.Pattern;

/**
 * Makes text from bills, tags and files safe to show. Removes control characters, which can change
 * a terminal, and direction marks and invisible characters, which can make a name look like
 * another. Keeps joiners (U+200C, U+200D), because Persian, Indic scripts and emoji need them.
 */
public final class PlainText {
  private static final String HIDDEN =
      "\\p{Cc}\\p{Zl}\\p{Zp}\\u00AD\\u061C\\u180E\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u206F\\uFEFF"
          + "\\uFFF9-\\uFFFB\\x{E0000}-\\x{E007F}";
  private static final Pattern IN_A_LINE = Pattern.compile("[" + HIDDEN + "]");
  private static final Pattern IN_LINES = Pattern.compile("[" + HIDDEN + "&&[^\\n\\t]]");

  private PlainText() {}

  /** Replaces every hidden character by a space, also line ends and tabs. Returns one line. */
  public static String line(String text) {
    return IN_A_LINE.matcher(text).replaceAll(" ");
  }

  /** Replaces every hidden character by a space, but keeps line ends and tabs. */
  public static String lines(String text) {
    return IN_LINES.matcher(text).replaceAll(" ");
  }

  /** Replaces hidden characters of a JSON document by escapes, which keep the meaning. */
  public static String json(String document) {
    return IN_LINES.matcher(document).replaceAll(found -> escaped(found.group()));
  }

  private static String escaped(String hidden) {
    StringBuilder escapes = new StringBuilder();
    hidden.chars().forEach(unit -> escapes.append("\\\\u%04X".formatted(unit)));
    return escapes.toString();
  }
}
