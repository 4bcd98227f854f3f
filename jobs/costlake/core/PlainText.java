package costlake.core;

import java.util.regex.Pattern;

/**
 * Text of bills, tags and files, made safe to show. Control characters can rewrite a terminal;
 * direction marks and invisible characters can make a name read as another. Joiners (U+200C,
 * U+200D) stay: Persian, Indic scripts and emoji need them.
 */
public final class PlainText {
  private static final String HIDDEN =
      "\\p{Cc}\\p{Zl}\\p{Zp}\\u00AD\\u061C\\u180E\\u200B\\u200E\\u200F\\u202A-\\u202E\\u2060-\\u206F\\uFEFF"
          + "\\uFFF9-\\uFFFB\\x{E0000}-\\x{E007F}";
  private static final Pattern IN_A_LINE = Pattern.compile("[" + HIDDEN + "]");
  private static final Pattern IN_LINES = Pattern.compile("[" + HIDDEN + "&&[^\\n\\t]]");

  private PlainText() {}

  /** One line: every hidden character, line ends and tabs among them, becomes a space. */
  public static String line(String text) {
    return IN_A_LINE.matcher(text).replaceAll(" ");
  }

  /** Several lines: line ends and tabs stay, every other hidden character becomes a space. */
  public static String lines(String text) {
    return IN_LINES.matcher(text).replaceAll(" ");
  }

  /** A JSON document whose hidden characters are written as escapes; it reads back the same. */
  public static String json(String document) {
    return IN_LINES.matcher(document).replaceAll(found -> escaped(found.group()));
  }

  private static String escaped(String hidden) {
    StringBuilder escapes = new StringBuilder();
    hidden.chars().forEach(unit -> escapes.append("\\\\u%04X".formatted(unit)));
    return escapes.toString();
  }
}
