package costlake.land.read;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Optional;

/**
 * Reads times in the formats and the zone of a mapping. A day or a month has no zone: it stays the
 * same day everywhere. A time without an offset is in the zone of the mapping.
 *
 * @param formats {@code iso}, {@code unix_s}, {@code unix_ms}, or patterns
 */
record ZonedTimes(List<String> formats, ZoneId zone) {
  private static final String ISO = "iso";
  private static final String SECONDS = "unix_s";
  private static final String MILLIS = "unix_ms";
  private static final int MONTH_LENGTH = 7;

  /**
   * A time in UTC.
   *
   * @param isDay whether a day or month was written, without a time of day
   */
  record Time(LocalDateTime utc, boolean isDay) {
    LocalDate day() {
      return utc.toLocalDate();
    }
  }

  ZonedTimes {
    formats = List.copyOf(formats);
  }

  /** Reads a time; empty if it is in none of the formats. */
  Optional<Time> parse(String text) {
    return formats.stream().flatMap(format -> parse(format, text).stream()).findFirst();
  }

  private Optional<Time> parse(String format, String text) {
    try {
      return switch (format) {
        case ISO -> Optional.of(iso(text));
        case SECONDS -> Optional.of(at(Instant.ofEpochSecond(Long.parseLong(text))));
        case MILLIS -> Optional.of(at(Instant.ofEpochMilli(Long.parseLong(text))));
        default -> Optional.of(time(TimeFormats.of(format).parse(text)));
      };
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Time iso(String text) {
    if (text.length() == MONTH_LENGTH) {
      return day(YearMonth.parse(text).atDay(1));
    }
    if (text.indexOf('T') < 0 && text.indexOf(' ') < 0) {
      return day(LocalDate.parse(text));
    }
    return time(
        DateTimeFormatter.ISO_DATE_TIME.parseBest(
            text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from));
  }

  private Time time(TemporalAccessor parsed) {
    LocalTime clock = parsed.query(TemporalQueries.localTime());
    if (clock == null) {
      LocalDate day = parsed.query(TemporalQueries.localDate());
      return day(day == null ? YearMonth.from(parsed).atDay(1) : day);
    }
    ZoneId written = parsed.query(TemporalQueries.zone());
    LocalDate day = LocalDate.from(parsed);
    return at(ZonedDateTime.of(day, clock, written == null ? zone : written).toInstant());
  }

  private static Time at(Instant instant) {
    return new Time(LocalDateTime.ofInstant(instant, ZoneOffset.UTC), false);
  }

  private static Time day(LocalDate day) {
    return new Time(day.atStartOfDay(), true);
  }
}
