package costlake.watch;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;

/**
 * The time that a watch reads: whole hours, and the begun hour until now.
 *
 * @param from start of the first hour
 * @param at the moment of the watch
 */
record Window(Instant from, Instant at) {
  static Window of(Instant at, int hours) {
    return new Window(at.truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(hours)), at);
  }

  /** Returns the end of the last hour that is over. */
  Instant hoursEnd() {
    return at.truncatedTo(ChronoUnit.HOURS);
  }

  /** Whether an hour of the window is over. */
  boolean isOver(Instant hour) {
    return hour.isBefore(hoursEnd());
  }

  /** Returns the number of whole hours. */
  int hours() {
    return (int) Duration.between(from, hoursEnd()).toHours();
  }

  /** Returns the UTC days of the window. */
  Set<LocalDate> days() {
    Set<LocalDate> days = new TreeSet<>();
    for (LocalDate day = day(from); start(day).isBefore(at); day = day.plusDays(1)) {
      days.add(day);
    }
    return days;
  }

  /** Returns the UTC day of a moment. */
  static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  /** Returns the first instant of a day. */
  static Instant start(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
