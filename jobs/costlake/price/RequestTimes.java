package costlake.price;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the times of requests. A time without a zone is UTC. */
final class RequestTimes {
  private static final Pattern ISO =
      Pattern.compile(
          "(\\d{4}-\\d\\d-\\d\\d)"
              + "(?:[T ](\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?) ?"
              + "(Z|UTC|[+-]\\d\\d(?::?\\d\\d)?)?)?");
  private static final Pattern EPOCH = Pattern.compile("\\d{9,13}(\\.\\d{1,9})?");
  private static final Pattern MILLIS = Pattern.compile("\\d{1,12}(\\.\\d{1,6})?");
  private static final int NANOS_OF_MILLI = 6;
  private static final int SECONDS_DIGITS_MAX = 11;
  private static final int MILLI_DIGITS = 3;
  private static final int NANO_DIGITS = 9;

  private RequestTimes() {}

  /**
   * Reads a day or a time in ISO 8601, with a space or T, or the seconds or milliseconds since
   * 1970; empty if the text is none of them.
   */
  static Optional<LocalDateTime> parse(String text) {
    try {
      Matcher iso = ISO.matcher(text);
      if (iso.matches()) {
        return Optional.of(utc(iso));
      }
      return EPOCH.matcher(text).matches() ? Optional.of(epoch(text)) : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Reads milliseconds after a start, of less than a century; empty if the text is none. */
  static Optional<LocalDateTime> after(LocalDateTime start, String text) {
    return MILLIS.matcher(text).matches()
        ? Optional.of(
            start.plusNanos(new BigDecimal(text).movePointRight(NANOS_OF_MILLI).longValue()))
        : Optional.empty();
  }

  private static LocalDateTime utc(Matcher iso) {
    LocalDate day = LocalDate.parse(Objects.requireNonNull(iso.group(1)));
    String clock = iso.group(2);
    LocalDateTime local = day.atTime(clock == null ? LocalTime.MIDNIGHT : LocalTime.parse(clock));
    return LocalDateTime.ofInstant(local.toInstant(offset(iso.group(3))), ZoneOffset.UTC);
  }

  private static ZoneOffset offset(@Nullable String zone) {
    return zone == null || zone.equals("UTC") ? ZoneOffset.UTC : ZoneOffset.of(zone);
  }

  private static LocalDateTime epoch(String text) {
    BigDecimal number = new BigDecimal(text);
    boolean isSeconds = number.precision() - number.scale() <= SECONDS_DIGITS_MAX;
    BigDecimal seconds = isSeconds ? number : number.movePointLeft(MILLI_DIGITS);
    BigDecimal whole = seconds.setScale(0, RoundingMode.DOWN);
    BigDecimal nanos = seconds.subtract(whole).movePointRight(NANO_DIGITS);
    return LocalDateTime.ofInstant(
        Instant.ofEpochSecond(whole.longValue(), nanos.longValue()), ZoneOffset.UTC);
  }
}
