package costlake.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes the headings and number formats of the columns of one sheet of a workbook. */
final class SheetHeadings {
  private static final String SHOWN = "_shown";
  private static final Pattern SHARE = Pattern.compile(".*(ratio|utilisation)|(roi|esr)_?.*");
  private static final Pattern COUNT = Pattern.compile(".*(tokens|requests)");
  private static final Pattern MONEY =
      Pattern.compile(".*_shown|.*(cost|price).*|change|paid|saved|invoice_(amount|difference)");

  /** Amounts in another currency than that of the bill, and numbers that are no amounts. */
  private static final Pattern OTHER =
      Pattern.compile("benefit_shown|converted_.*|.*usd.*|.*_ratio|attempts_.*");

  private final StatementTexts words;
  private final List<String> columns;
  private final @Nullable String currency;

  /**
   * Describes the columns of a sheet.
   *
   * @param currency currency of the amounts; null if the rows have several
   */
  SheetHeadings(StatementTexts words, List<String> columns, @Nullable String currency) {
    this.words = words;
    this.columns = columns;
    this.currency = currency;
  }

  /**
   * Returns a heading in words, e.g. "Idle cost (USD)" for {@code idle_cost_shown}. The unrounded
   * amount beside it is "Idle cost, unrounded (USD)".
   */
  String words(String column) {
    String text = name(column);
    String said = columns.contains(column + SHOWN) ? words.say("{0}, unrounded", text) : text;
    return currency != null && isMoney(column) ? said + " (" + currency + ")" : said;
  }

  private String name(String column) {
    String name = column.endsWith(SHOWN) ? base(column) : column;
    Map<String, String> names = words.columns();
    return names.getOrDefault(name, english(name));
  }

  private static String base(String shown) {
    return shown.substring(0, shown.length() - SHOWN.length());
  }

  /** Returns a name as text, e.g. "Idle cost" for {@code idle_cost}. */
  static String english(String name) {
    String text = name.replace('_', ' ');
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  /** Whether the numbers of a column are amounts in the currency of the bill, or prices in it. */
  static boolean isMoney(String column) {
    return MONEY.matcher(column).matches() && !OTHER.matcher(column).matches();
  }

  /** Returns the format of the decimals of a column. */
  static String format(String column) {
    if (column.endsWith(SHOWN)) {
      return "#,##0.00";
    }
    if (SHARE.matcher(column).matches()) {
      return "0.0%";
    }
    if (COUNT.matcher(column).matches() && !isMoney(column)) {
      return "#,##0";
    }
    return column.contains("hours") || column.endsWith("units") || column.endsWith("quantity")
        ? "#,##0.0##"
        : "#,##0.00####";
  }
}
