package costlake.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes figures as a reader expects them; what is not known is a dash. */
public final class FigureFormat {
  /** Printed instead of an unknown figure. */
  public static final String UNKNOWN = "–";

  private static final BigDecimal TEN_MILLIONS = new BigDecimal("10000000");
  private static final char MINUS = '\u2212';

  private final Locale locale;

  /** Figures as a locale writes them. */
  public FigureFormat(Locale locale) {
    this.locale = locale;
  }

  /** The locale. */
  public Locale locale() {
    return locale;
  }

  /** Two decimals. */
  public String money(@Nullable BigDecimal value) {
    return format(value, "#,##0.00", 2);
  }

  /** For charts and sentences: no decimals, but two of what is less than ten and has cents. */
  public String whole(@Nullable BigDecimal value) {
    return hasCents(value) ? money(value) : format(value, "#,##0", 0);
  }

  private static boolean hasCents(@Nullable BigDecimal value) {
    return value != null
        && value.abs().compareTo(BigDecimal.TEN) < 0
        && value.setScale(2, RoundingMode.HALF_EVEN).stripTrailingZeros().scale() > 0;
  }

  /** One decimal, for hours and units. */
  public String units(@Nullable BigDecimal value) {
    return format(value, "#,##0.0", 1);
  }

  /** Every digit, two decimals at least. */
  public String exact(@Nullable BigDecimal value) {
    if (value == null) {
      return UNKNOWN;
    }
    int digits = Math.max(2, value.stripTrailingZeros().scale());
    return format(value, "#,##0." + "0".repeat(digits), digits);
  }

  /** A quantity in a narrow column: one decimal, and millions where there are ten of them. */
  public String quantity(@Nullable BigDecimal value) {
    return value == null || value.abs().compareTo(TEN_MILLIONS) < 0
        ? units(value)
        : units(value.movePointLeft(6)) + "\u00a0M";
  }

  /** A price or a ratio that needs its small digits. */
  public String fine(@Nullable BigDecimal value) {
    return format(value, "#,##0.0000", 4);
  }

  /** A price of a unit: four decimals, or as many as a small one needs to show three digits. */
  public String price(@Nullable BigDecimal value) {
    if (value == null || value.signum() == 0) {
      return fine(value);
    }
    int digits = Math.max(4, 3 - value.precision() + value.scale());
    return format(value, "#,##0." + "0".repeat(digits), digits);
  }

  /** A share as percent. */
  public String percent(@Nullable BigDecimal ratio) {
    return ratio == null ? UNKNOWN : format(ratio.movePointRight(2), "#,##0.0", 1) + "\u00a0%";
  }

  /** A change with its sign, as percent of what was before. */
  public String change(@Nullable BigDecimal now, @Nullable BigDecimal before) {
    BigDecimal ratio = ratioOfChange(now, before);
    if (ratio == null) {
      return UNKNOWN;
    }
    BigDecimal rounded = ratio.movePointRight(2).setScale(1, RoundingMode.HALF_EVEN);
    return (rounded.signum() > 0 ? "+" : "") + percent(ratio);
  }

  /** For charts and sentences, with its sign. */
  public String rise(@Nullable BigDecimal value) {
    return plus(value) + whole(value);
  }

  /** Two decimals, with its sign. */
  public String moneyRise(@Nullable BigDecimal value) {
    return plus(value) + money(value);
  }

  private static String plus(@Nullable BigDecimal value) {
    return value != null && value.setScale(2, RoundingMode.HALF_EVEN).signum() > 0 ? "+" : "";
  }

  /** The change as a share of what was before; null when nothing was before or it was a credit. */
  public static @Nullable BigDecimal ratioOfChange(
      @Nullable BigDecimal now, @Nullable BigDecimal before) {
    if (now == null || before == null || before.signum() <= 0) {
      return null;
    }
    return now.subtract(before).divide(before, 9, RoundingMode.HALF_EVEN);
  }

  /** Part of a whole; null when the whole is unknown or nothing. */
  public static @Nullable BigDecimal ratio(@Nullable BigDecimal part, @Nullable BigDecimal whole) {
    if (part == null || whole == null || whole.signum() == 0) {
      return null;
    }
    return part.divide(whole, 9, RoundingMode.HALF_EVEN);
  }

  /** September 2026. */
  public String month(LocalDate day) {
    return DateTimeFormatter.ofPattern("LLLL uuuu", locale).format(day);
  }

  /** 25 November 2026, in the order of the locale. */
  public String day(LocalDate day) {
    return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(locale).format(day);
  }

  /** Mon to Sun. */
  List<String> weekdays() {
    return Stream.of(DayOfWeek.values())
        .map(day -> day.getDisplayName(TextStyle.SHORT_STANDALONE, locale))
        .toList();
  }

  /** Sep. */
  public String shortMonth(LocalDate day) {
    return DateTimeFormatter.ofPattern("LLL", locale).format(day);
  }

  private String format(@Nullable BigDecimal value, String pattern, int digits) {
    if (value == null) {
      return UNKNOWN;
    }
    BigDecimal rounded = value.setScale(digits, RoundingMode.HALF_EVEN);
    DecimalFormat format = new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(locale));
    String text = format.format(rounded.abs());
    return rounded.signum() < 0 ? MINUS + text : text;
  }
}
