package costlake.land.read.rows;

import com.fasterxml.jackson.core.io.schubfach.DoubleToDecimal;
import com.fasterxml.jackson.core.io.schubfach.FloatToDecimal;
import costlake.core.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.apache.spark.sql.catalyst.util.TimestampFormatter;
import org.apache.spark.sql.catalyst.util.TimestampFormatter$;
import org.apache.spark.unsafe.types.UTF8String;

/** Converts doubles, floats and times of binary formats to the text of bronze. */
public final class TypedText {
  private static final long MICROS = 1_000_000;
  private static final long NANOS_OF_DAY = 86_400_000_000_000L;
  private static final long YEAR_1 = startOf(1);
  private static final long YEAR_10000 = startOf(10_000);
  private static final TimestampFormatter ENGINE =
      TimestampFormatter$.MODULE$.getFractionFormatter(ZoneOffset.UTC);

  private TypedText() {}

  private static long startOf(int year) {
    return LocalDateTime.of(year, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
  }

  /**
   * Returns the shortest decimal that identifies a double, without exponent and with at least one
   * digit after the point. A decimal with more than 21 digits after the point is rounded half to
   * even. NaN and infinities are written as words.
   */
  public static UTF8String shortest(double value) {
    return UTF8String.fromString(
        Double.isFinite(value) ? plain(written(value)) : Double.toString(value));
  }

  /** Returns the shortest decimal that identifies a float. */
  public static UTF8String shortest(float value) {
    return UTF8String.fromString(
        Float.isFinite(value) ? plain(written(value)) : Float.toString(value));
  }

  /** Whether the shortest decimal of a double has more than 21 digits after the point. */
  public static boolean isLong(double value) {
    return Double.isFinite(value) && decimal(written(value)).scale() > Money.SCALE;
  }

  /** Whether the shortest decimal of a float has more than 21 digits after the point. */
  public static boolean isLong(float value) {
    return Float.isFinite(value) && decimal(written(value)).scale() > Money.SCALE;
  }

  /**
   * Writes the shortest decimal of a double. Does not use {@link Double#toString}, which may write
   * a digit too many before Java 19.
   */
  private static String written(double value) {
    return DoubleToDecimal.toString(value);
  }

  private static String written(float value) {
    return FloatToDecimal.toString(value);
  }

  /** Writes a number without exponent. Negative zero becomes zero. */
  private static String plain(String written) {
    if (written.indexOf('E') < 0) {
      return written.equals("-0.0") ? "0.0" : written;
    }
    BigDecimal shortest = decimal(written);
    BigDecimal fitting =
        shortest.scale() > Money.SCALE
            ? shortest.setScale(Money.SCALE, RoundingMode.HALF_EVEN)
            : shortest;
    return fitting.toPlainString();
  }

  private static BigDecimal decimal(String written) {
    BigDecimal shortest = new BigDecimal(written).stripTrailingZeros();
    return shortest.scale() < 1 ? shortest.setScale(1) : shortest;
  }

  /**
   * Returns a time in UTC as Spark casts it to text: {@code 2026-09-14 10:00:00}, and the fraction
   * of a second without zeros at its end.
   *
   * @param micros microseconds since 1970
   */
  public static UTF8String time(long micros) {
    long second = Math.floorDiv(micros, MICROS);
    if (micros % MICROS != 0 || second < YEAR_1 || second >= YEAR_10000) {
      return UTF8String.fromString(ENGINE.format(micros));
    }
    LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
    byte[] text = "0000-00-00 00:00:00".getBytes(StandardCharsets.US_ASCII);
    put(text, 0, time.getYear() / 100);
    put(text, 2, time.getYear() % 100);
    put(text, 5, time.getMonthValue());
    put(text, 8, time.getDayOfMonth());
    put(text, 11, time.getHour());
    put(text, 14, time.getMinute());
    put(text, 17, time.getSecond());
    return UTF8String.fromBytes(text);
  }

  /**
   * Returns a time in UTC to the nanosecond.
   *
   * @param micros microseconds since 1970
   * @param nanos nanoseconds after the last microsecond, 0 to 999
   */
  public static UTF8String time(long micros, long nanos) {
    if (nanos == 0) {
      return time(micros);
    }
    long fraction = Math.floorMod(micros, MICROS);
    String digits = String.format(Locale.ROOT, "%06d%03d", fraction, nanos);
    return UTF8String.fromString(time(micros - fraction) + "." + digits.replaceFirst("0+$", ""));
  }

  /** Converts milliseconds since 1970 to a time; returns the number if it is out of range. */
  public static UTF8String ofMillis(long millis) {
    return Math.abs(millis / 1_000) > Long.MAX_VALUE / MICROS
        ? digits(millis)
        : time(millis * 1_000);
  }

  /** Converts nanoseconds since 1970 to a time. */
  public static UTF8String ofNanos(long nanos) {
    return time(Math.floorDiv(nanos, 1_000L), Math.floorMod(nanos, 1_000L));
  }

  /** Converts days since 1970 to a date. */
  public static UTF8String day(long day) {
    return UTF8String.fromString(LocalDate.ofEpochDay(day).toString());
  }

  /**
   * Converts ticks since midnight to a time of day; returns the number if it is out of range.
   *
   * @param nanos length of a tick in nanoseconds
   */
  public static UTF8String timeOfDay(long ticks, long nanos) {
    return ticks < 0 || ticks >= NANOS_OF_DAY / nanos
        ? digits(ticks)
        : UTF8String.fromString(LocalTime.ofNanoOfDay(ticks * nanos).toString());
  }

  public static UTF8String digits(long value) {
    return UTF8String.fromString(Long.toString(value));
  }

  private static void put(byte[] text, int at, int number) {
    text[at] = (byte) ('0' + number / 10);
    text[at + 1] = (byte) ('0' + number % 10);
  }
}
