package costlake.report;

import java.util.Locale;
import java.util.Map;

/** Writes the headings and number formats of the columns of a workbook. */
final class SheetHeadings {
  private static final String SHOWN = "_shown";

  private final StatementTexts words;
  private final Map<String, String> translated;

  SheetHeadings(StatementTexts words) {
    this.words = words;
    this.translated = words.columns();
  }

  /** Returns a heading in words, e.g. "Idle cost, to the cent" for {@code idle_cost_shown}. */
  String words(String column) {
    boolean isShown = column.endsWith(SHOWN);
    String name = isShown ? column.substring(0, column.length() - SHOWN.length()) : column;
    String text = translated.getOrDefault(name, english(name));
    return isShown ? words.say("{0}, to the cent", text) : text;
  }

  private static String english(String name) {
    String text = name.replace('_', ' ').replace("roi", "ROI");
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** Returns the format of the decimals of a column. */
  static String format(String column) {
    if (column.endsWith(SHOWN)) {
      return "#,##0.00";
    }
    if (isShare(column)) {
      return "0.0%";
    }
    return column.contains("hours") || column.endsWith("units") || column.endsWith("quantity")
        ? "#,##0.0##"
        : "#,##0.00####";
  }

  private static boolean isShare(String column) {
    return column.endsWith("ratio")
        || column.endsWith("utilisation")
        || column.startsWith("roi")
        || column.startsWith("esr_");
  }
}
