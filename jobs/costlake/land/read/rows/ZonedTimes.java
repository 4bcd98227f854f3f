package costlake.land.read.rows;

import costlake.config.ColumnRule;
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
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.List;
import java.util.Optional;

/**
 * Reads times in the formats and the zone of a mapping. A day or a month has no zone: it stays the
 * same day everywhere. A time with an offset is in this offset; any other time is in the zone of
 * the mapping.
 *
 * @param formats {@code iso}, {@code unix_s}, {@code unix_ms}, or patterns
 */
public record ZonedTimes(List<String> formats, ZoneId zone) {
  private static final String ISO = "iso";
  private static final String SECONDS = "unix_s";
  private static final String MILLIS = "unix_ms";
  private static final int MONTH_LENGTH = 7;
  private static final List<ChronoField> CLOCK =
      List.of(ChronoField.HOUR_OF_AMPM, ChronoField.HOUR_OF_DAY, ChronoField.MINUTE_OF_HOUR);

  /**
   * A time in the zone in which it was written. Lengths are added in this zone, so that a day on
   * which the clock changes is one day, and a month is one month.
   *
   * @param precision the smallest unit that was written: months, days or seconds
   */
  public record Time(ZonedDateTime local, ChronoUnit precision) {
    /** Returns the day in the zone in which the time was written. */
    public LocalDate day() {
      return local.toLocalDate();
    }

    /** Returns the first day that is after a period that ends at this time. */
    public LocalDate endDay() {
      return local.minusNanos(1).toLocalDate().plusDays(1);
    }

    public LocalDateTime utc() {
      return local.withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }

    public Time plus(ColumnRule.Length length) {
      return switch (length) {
        case HOUR -> new Time(local.plusHours(1), precision);
        case DAY -> new Time(local.plusDays(1), precision);
        case MONTH -> new Time(local.plusMonths(1), precision);
      };
    }

    /** Returns the end of the written month, day or second. */
    public Time after() {
      return new Time(local.plus(1, precision), precision);
    }
  }

  public ZonedTimes {
    formats = List.copyOf(formats);
  }

  /** Reads a time; empty if it is in none of the formats. */
  public Optional<Time> parse(String text) {
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
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private Time iso(String text) {
    if (text.length() == MONTH_LENGTH) {
      return day(YearMonth.parse(text).atDay(1), ChronoUnit.MONTHS);
    }
    if (text.indexOf('T') < 0 && text.indexOf(' ') < 0) {
      return day(LocalDate.parse(text), ChronoUnit.DAYS);
    }
    return time(
        DateTimeFormatter.ISO_DATE_TIME.parseBest(
            text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from));
  }

  private Time time(TemporalAccessor parsed) {
    LocalDate day = parsed.query(TemporalQueries.localDate());
    if (day == null) {
      return day(YearMonth.from(parsed).atDay(1), ChronoUnit.MONTHS);
    }
    LocalTime clock = parsed.query(TemporalQueries.localTime());
    if (clock == null) {
      requireNoClock(parsed);
      return day(day, ChronoUnit.DAYS);
    }
    ZoneId written = parsed.query(TemporalQueries.zone());
    return new Time(
        ZonedDateTime.of(day, clock, written == null ? zone : written), ChronoUnit.SECONDS);
  }

  /** A time of day that is written in part, e.g. an hour without AM or PM, is no day. */
  private static void requireNoClock(TemporalAccessor parsed) {
    for (ChronoField field : CLOCK) {
      if (parsed.isSupported(field)) {
        throw new DateTimeException("Incomplete time of day: " + field);
      }
    }
  }

  private Time at(Instant instant) {
    return new Time(instant.atZone(zone), ChronoUnit.SECONDS);
  }

  private static Time day(LocalDate day, ChronoUnit precision) {
    return new Time(day.atStartOfDay(ZoneOffset.UTC), precision);
  }
}
