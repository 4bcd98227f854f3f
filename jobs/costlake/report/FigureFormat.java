package costlake.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Formats figures in the locale of the reader, rounded half up as SQL rounds them. An unknown
 * figure is a dash.
 */
public final class FigureFormat {
  /** Printed instead of an unknown figure. */
  public static final String UNKNOWN = "–";

  private static final BigDecimal TEN_MILLIONS = new BigDecimal("10000000");
  private static final int METRIC_DIGITS = 4;

  /** Largest rise that is printed as percent, as a share of the earlier value. */
  private static final BigDecimal PERCENT_MAX = BigDecimal.valueOf(5);

  private static final BigDecimal PERCENT_MIN = BigDecimal.ONE.negate();

  private static final char MINUS = '\u2212';

  private final Locale locale;

  /** Creates a format for a locale. */
  public FigureFormat(Locale locale) {
    this.locale = locale;
  }

  /** Returns the locale. */
  public Locale locale() {
    return locale;
  }

  /** Formats money with two decimals. */
  public String money(@Nullable BigDecimal value) {
    return format(value, "#,##0.00", 2);
  }

  /**
   * Formats money for charts and sentences: without decimals, or with two decimals if the amount is
   * below ten and has cents.
   */
  public String whole(@Nullable BigDecimal value) {
    return hasCents(value) ? money(value) : format(value, "#,##0", 0);
  }

  private static boolean hasCents(@Nullable BigDecimal value) {
    return value != null
        && value.abs().compareTo(BigDecimal.TEN) < 0
        && value.setScale(2, RoundingMode.HALF_UP).stripTrailingZeros().scale() > 0;
  }

  /** Formats a count. */
  public String count(int value) {
    return format(BigDecimal.valueOf(value), "#,##0", 0);
  }

  /** Formats hours or units with one decimal. */
  public String units(@Nullable BigDecimal value) {
    return format(value, "#,##0.0", 1);
  }

  /** Formats every digit, with at least two decimals. */
  public String exact(@Nullable BigDecimal value) {
    if (value == null) {
      return UNKNOWN;
    }
    int digits = Math.max(2, value.stripTrailingZeros().scale());
    return format(value, "#,##0." + "0".repeat(digits), digits);
  }

  /**
   * Formats a quantity for a narrow column with one decimal. A quantity of at least ten million is
   * formatted in millions.
   */
  public String quantity(@Nullable BigDecimal value) {
    return value == null || value.abs().compareTo(TEN_MILLIONS) < 0
        ? units(value)
        : units(value.movePointLeft(6)) + "\u00a0M";
  }

  /** Formats a quantity without decimals. */
  public String count(@Nullable BigDecimal value) {
    return format(value, "#,##0", 0);
  }

  /** Formats a quantity in millions with two decimals. */
  public String millions(@Nullable BigDecimal value) {
    return value == null ? UNKNOWN : money(value.movePointLeft(6));
  }

  /** Formats a small price or ratio with four decimals. */
  public String fine(@Nullable BigDecimal value) {
    return format(value, "#,##0.0000", 4);
  }

  /**
   * Formats the price of a unit with four decimals. A small price gets more decimals if it needs
   * them to show three significant digits.
   */
  public String price(@Nullable BigDecimal value) {
    if (value == null || value.signum() == 0) {
      return fine(value);
    }
    int digits = Math.max(4, 3 - value.precision() + value.scale());
    return format(value, "#,##0." + "0".repeat(digits), digits);
  }

  /** Formats the value of a metric with four significant digits, without zeros at its end. */
  public String metric(@Nullable BigDecimal value) {
    if (value == null) {
      return UNKNOWN;
    }
    return digits(value.round(new MathContext(METRIC_DIGITS)).stripTrailingZeros());
  }

  /** Formats a value with all its decimal places. */
  public String digits(BigDecimal value) {
    int digits = Math.max(0, value.scale());
    return format(value, digits == 0 ? "#,##0" : "#,##0." + "0".repeat(digits), digits);
  }

  /** Formats a share as percent. */
  public String percent(@Nullable BigDecimal ratio) {
    return ratio == null ? UNKNOWN : format(ratio.movePointRight(2), "#,##0.0", 1) + "\u00a0%";
  }

  /**
   * Formats a change as percent of the earlier value, with its sign. Names the earlier value where
   * a percentage says little: a multiple of a small value, or a value that is not positive or no
   * longer so, such as a credit.
   *
   * @param from words for "from" an earlier value
   */
  public String change(
      @Nullable BigDecimal now, @Nullable BigDecimal before, UnaryOperator<String> from) {
    if (now == null || before == null) {
      return UNKNOWN;
    }
    if (now.compareTo(before) == 0) {
      return percent(BigDecimal.ZERO);
    }
    BigDecimal ratio = ratioOfChange(now, before);
    return ratio == null || ratio.compareTo(PERCENT_MAX) > 0 || ratio.compareTo(PERCENT_MIN) < 0
        ? from.apply(whole(before))
        : signedPercent(ratio);
  }

  private String signedPercent(BigDecimal ratio) {
    BigDecimal rounded = ratio.movePointRight(2).setScale(1, RoundingMode.HALF_UP);
    return (rounded.signum() > 0 ? "+" : "") + percent(ratio);
  }

  /** Formats an increase for charts and sentences, with its sign. */
  public String rise(@Nullable BigDecimal value) {
    return plus(value) + whole(value);
  }

  /** Formats an increase with two decimals and its sign. */
  public String moneyRise(@Nullable BigDecimal value) {
    return plus(value) + money(value);
  }

  private static String plus(@Nullable BigDecimal value) {
    return value != null && value.setScale(2, RoundingMode.HALF_UP).signum() > 0 ? "+" : "";
  }

  /**
   * Returns the change as a share of the earlier value; null when the earlier value is unknown,
   * zero or negative.
   */
  public static @Nullable BigDecimal ratioOfChange(
      @Nullable BigDecimal now, @Nullable BigDecimal before) {
    if (now == null || before == null || before.signum() <= 0) {
      return null;
    }
    return now.subtract(before).divide(before, 9, RoundingMode.HALF_UP);
  }

  /** Divides a part by the whole; null when one of them is unknown or the whole is zero. */
  public static @Nullable BigDecimal ratio(@Nullable BigDecimal part, @Nullable BigDecimal whole) {
    if (part == null || whole == null || whole.signum() == 0) {
      return null;
    }
    return part.divide(whole, 9, RoundingMode.HALF_UP);
  }

  /** Formats a month, for example September 2026. */
  public String month(LocalDate day) {
    return DateTimeFormatter.ofPattern("LLLL uuuu", locale).format(day);
  }

  /** Formats a day, for example 25 November 2026. */
  public String day(LocalDate day) {
    return DateTimeFormatter.ofPattern(longPattern(), locale).format(day);
  }

  /** Returns the pattern of a day: in English day before month, else that of the locale. */
  private String longPattern() {
    return locale.getLanguage().equals(Locale.ENGLISH.getLanguage())
        ? "d MMMM uuuu"
        : DateTimeFormatterBuilder.getLocalizedDateTimePattern(
            FormatStyle.LONG, null, IsoChronology.INSTANCE, locale);
  }

  /** Formats a day without its year, for example 15 October. */
  public String dayOfMonth(LocalDate day) {
    return shortDay(day, dayPattern().replace("MMM", "MMMM"));
  }

  /** Formats a day, or the first and the last of several days, e.g. 19–20 Sep. */
  public String days(LocalDate first, LocalDate last) {
    String day = shortDay(last, dayPattern());
    if (first.equals(last)) {
      return day;
    }
    if (!YearMonth.from(first).equals(YearMonth.from(last))) {
      return shortDay(first, dayPattern()) + "–" + day;
    }
    String number = dayPattern().replaceAll("\\s*MMM\\s*", "");
    return dayPattern().startsWith("d")
        ? shortDay(first, number) + "–" + day
        : shortDay(first, dayPattern()) + "–" + shortDay(last, number);
  }

  private String shortDay(LocalDate day, String pattern) {
    return DateTimeFormatter.ofPattern(pattern, locale).format(day);
  }

  /** Returns the pattern of a day in a short month without its year, e.g. {@code d MMM}. */
  private String dayPattern() {
    return longPattern().replaceFirst("( 'de')?[,\\s]*[uy]+", "").replace("MMMM", "MMM").strip();
  }

  /** Formats the name of a month without its year, for example September. */
  public String monthName(LocalDate day) {
    return DateTimeFormatter.ofPattern("LLLL", locale).format(day);
  }

  /** Returns the short names of the weekdays, Monday first. */
  List<String> weekdays() {
    return Stream.of(DayOfWeek.values())
        .map(day -> day.getDisplayName(TextStyle.SHORT_STANDALONE, locale))
        .toList();
  }

  /** Formats the short name of a month, for example Sep. */
  public String shortMonth(LocalDate day) {
    return DateTimeFormatter.ofPattern("LLL", locale).format(day);
  }

  private String format(@Nullable BigDecimal value, String pattern, int digits) {
    if (value == null) {
      return UNKNOWN;
    }
    BigDecimal rounded = value.setScale(digits, RoundingMode.HALF_UP);
    DecimalFormat format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(locale));
    String text = format.format(rounded.abs());
    return rounded.signum() < 0 ? MINUS + text : text;
  }
}
