package costlake.land.read;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Converts dates and times in the formats of a relation to ISO 8601. */
final class TimeFormats {
  static final List<String> ISO = List.of("iso");

  /** Matches the letter y in the pattern of a date, outside quotes. */
  private static final Pattern YEAR = Pattern.compile("y(?=([^']*'[^']*')*[^']*$)");

  private static final String UNIX_S = "unix_s";
  private static final String UNIX_MS = "unix_ms";

  /**
   * Seconds and milliseconds since 1970 have different numbers of digits in every year of a log.
   */
  private static final Map<String, Pattern> UNIX =
      Map.of(
          UNIX_S, Pattern.compile("\\d{9,10}([.]\\d{1,9})?"),
          UNIX_MS, Pattern.compile("\\d{12,13}([.]\\d{1,6})?"));

  private static final int MS_DIGITS = 3;
  private static final int NANO_DIGITS = 9;

  private static final Map<String, DateTimeFormatter> KNOWN = new ConcurrentHashMap<>();

  private TimeFormats() {}

  static boolean isIsoAlone(List<String> formats) {
    return formats.isEmpty() || formats.equals(ISO);
  }

  /**
   * Converts a text to ISO 8601; empty if the text is neither in ISO 8601 nor in one of the
   * formats.
   */
  static Optional<String> iso(List<String> formats, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (ValueChecks.time(bytes, 0, bytes.length)) {
      return Optional.of(text);
    }
    return formats.stream()
        .filter(format -> !ISO.contains(format))
        .flatMap(format -> parsed(format, text).stream())
        .findFirst();
  }

  private static Optional<String> parsed(String format, String text) {
    Pattern unix = UNIX.get(format);
    if (unix != null) {
      return unix.matcher(text).matches()
          ? Optional.of(unix(new BigDecimal(text), format.equals(UNIX_MS) ? MS_DIGITS : 0))
          : Optional.empty();
    }
    try {
      TemporalAccessor time = of(format).parse(text);
      if (time.isSupported(ChronoField.INSTANT_SECONDS)) {
        LocalDateTime utc = LocalDateTime.ofInstant(Instant.from(time), ZoneOffset.UTC);
        return Optional.of(iso(utc.toLocalDate(), utc.toLocalTime()));
      }
      LocalDate day = time.query(TemporalQueries.localDate());
      LocalTime clock = time.query(TemporalQueries.localTime());
      return Optional.ofNullable(day)
          .map(date -> clock == null ? date.toString() : iso(date, clock));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static String unix(BigDecimal count, int digits) {
    BigDecimal seconds = count.movePointLeft(digits);
    LocalDateTime utc =
        LocalDateTime.ofEpochSecond(
            seconds.longValue(),
            seconds.remainder(BigDecimal.ONE).movePointRight(NANO_DIGITS).intValue(),
            ZoneOffset.UTC);
    return iso(utc.toLocalDate(), utc.toLocalTime());
  }

  /** Returns the formatter of a pattern. */
  static DateTimeFormatter of(String pattern) {
    return KNOWN.computeIfAbsent(pattern, TimeFormats::formatter);
  }

  /**
   * Returns a strict formatter, so that 30 February is not read as another day. Strict parsing
   * needs the letter u for the year.
   */
  private static DateTimeFormatter formatter(String pattern) {
    return DateTimeFormatter.ofPattern(YEAR.matcher(pattern).replaceAll("u"), Locale.ROOT)
        .withResolverStyle(ResolverStyle.STRICT);
  }

  private static String iso(LocalDate day, LocalTime clock) {
    return day + "T" + DateTimeFormatter.ISO_LOCAL_TIME.format(clock);
  }
}
