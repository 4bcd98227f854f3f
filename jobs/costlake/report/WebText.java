package costlake.report;

import io.pebbletemplates.pebble.extension.escaper.SafeString;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Adds line break opportunities to names of the web page, and to figures the value that sorts them.
 */
final class WebText {
  private static final String BREAK = "\u200B";

  /** A part of a name that is too long for a narrow column and has no place to break. */
  private static final Pattern LONG_PART = Pattern.compile("[^\\s-]{15,}");

  private static final Pattern BREAKS =
      Pattern.compile("(?<=[_/.:@=,])(?!$)|(?<=[a-z0-9])(?=[A-Z])");
  private static final Pattern STILL_LONG =
      Pattern.compile("([^\\s\u200B-]{20})(?=[^\\s\u200B-]{5})");

  /** First of the private-use characters that replace markup while a text is escaped. */
  private static final char STAND_IN = '\uE000';

  private WebText() {}

  /** Returns a name that breaks behind its punctuation, and only where a part of it is long. */
  static SafeString name(String name) {
    String marked =
        LONG_PART.matcher(name).replaceAll(part -> Matcher.quoteReplacement(marked(part.group())));
    return new SafeString(escaped(marked).replace(BREAK, "<wbr/>"));
  }

  private static String marked(String part) {
    String behindMarks = BREAKS.matcher(part).replaceAll(BREAK);
    return STILL_LONG.matcher(behindMarks).replaceAll("$1" + BREAK);
  }

  /**
   * Returns a text with the value by which tables sort it.
   *
   * @param value empty if nothing can be compared with it
   */
  static SafeString data(@Nullable BigDecimal value, String text) {
    String plain = value == null ? "" : value.toPlainString();
    return new SafeString("<data value=\"" + plain + "\">" + escaped(text) + "</data>");
  }

  /** Returns a text with its day, by which tables sort it. */
  static SafeString time(String day, String text) {
    return new SafeString("<time datetime=\"" + day + "\">" + escaped(text) + "</time>");
  }

  /** Says a text some of whose values are markup. The rest is escaped. */
  static Object say(StatementTexts words, String english, Object[] values) {
    List<String> markup = new ArrayList<>();
    Object[] plain = values.clone();
    for (int i = 0; i < values.length; i++) {
      if (values[i] instanceof SafeString safe) {
        plain[i] = (char) (STAND_IN + markup.size());
        markup.add(safe.toString());
      }
    }
    String text = words.say(english, plain);
    if (markup.isEmpty()) {
      return text;
    }
    String html = escaped(text);
    for (int i = 0; i < markup.size(); i++) {
      html = html.replace(String.valueOf((char) (STAND_IN + i)), markup.get(i));
    }
    return new SafeString(html);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
