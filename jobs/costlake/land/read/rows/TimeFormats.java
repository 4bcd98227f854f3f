package costlake.land.read.rows;

import java.io.Serializable;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Converts dates and times of a relation to ISO 8601. An instant, which has an offset or counts
 * seconds, becomes one of UTC that ends in Z. A day stays a day.
 *
 * @param formats {@code iso}, {@code unix_s}, {@code unix_ms}, or patterns
 * @param zone id of the zone of times without an offset; null if nobody stated it, so that they
 *     stay as they are
 */
public record TimeFormats(List<String> formats, @Nullable String zone) implements Serializable {
  /** Times in ISO 8601 whose zone nobody stated. */
  public static final TimeFormats ISO = new TimeFormats(List.of("iso"), null);

  /** Matches the letter y in the pattern of a date, outside quotes. */
  private static final Pattern YEAR = Pattern.compile("y(?=([^']*'[^']*')*[^']*$)");

  private static final String UTC = "UTC";
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

  /** Gives UTC one name, because a zone may have several. */
  public TimeFormats {
    formats = List.copyOf(formats);
    if (zone != null && ZoneId.of(zone).normalized().equals(ZoneOffset.UTC)) {
      zone = UTC;
    }
  }

  /** Whether every time that can be read stays as it is. */
  public boolean changesNothing() {
    return !hasZone() && (formats.isEmpty() || formats.equals(ISO.formats));
  }

  private boolean hasZone() {
    return zone != null && !zone.equals(UTC);
  }

  /**
   * Converts a text to ISO 8601; empty if the text is neither in ISO 8601 nor in one of the
   * formats.
   */
  public Optional<String> iso(String text) {
    Optional<String> written = written(text);
    return hasZone() ? written.map(this::inUtc) : written;
  }

  /** Whether a text is a time without an offset. */
  public boolean isLocal(String text) {
    return written(text).filter(TimeFormats::hasNoOffset).isPresent();
  }

  private static boolean hasNoOffset(String iso) {
    byte[] bytes = iso.getBytes(StandardCharsets.UTF_8);
    return ValueChecks.localTime(bytes, 0, bytes.length);
  }

  private String inUtc(String iso) {
    return hasNoOffset(iso)
        ? new ZonedTimes(ISO.formats, ZoneId.of(Objects.requireNonNull(zone)))
            .parse(iso)
            .map(time -> instant(time.utc()))
            .orElse(iso)
        : iso;
  }

  private Optional<String> written(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (ValueChecks.time(bytes, 0, bytes.length)) {
      return Optional.of(text);
    }
    return formats.stream()
        .filter(format -> !ISO.formats.contains(format))
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
        return Optional.of(instant(LocalDateTime.ofInstant(Instant.from(time), ZoneOffset.UTC)));
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
    return instant(
        LocalDateTime.ofEpochSecond(
            seconds.longValue(),
            seconds.remainder(BigDecimal.ONE).movePointRight(NANO_DIGITS).intValue(),
            ZoneOffset.UTC));
  }

  /** Returns the formatter of a pattern. */
  public static DateTimeFormatter of(String pattern) {
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

  private static String instant(LocalDateTime utc) {
    return iso(utc.toLocalDate(), utc.toLocalTime()) + "Z";
  }

  private static String iso(LocalDate day, LocalTime clock) {
    return day + "T" + DateTimeFormatter.ISO_LOCAL_TIME.format(clock);
  }
}
