package costlake.build;

import costlake.model.Contract;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Partitions of a table, or all of them.
 *
 * @param days values of the partition column; empty optional for all
 */
record Partitions(Optional<Set<LocalDate>> days) {
  static final Partitions ALL = new Partitions(Optional.empty());
  static final Partitions NONE = new Partitions(Optional.of(Set.of()));

  static Partitions of(Set<LocalDate> days) {
    return new Partitions(Optional.of(new TreeSet<>(days)));
  }

  boolean isNone() {
    return days.map(Set::isEmpty).orElse(false);
  }

  Partitions and(Partitions other) {
    if (days.isEmpty() || other.days.isEmpty()) {
      return ALL;
    }
    Set<LocalDate> union = new TreeSet<>(days.get());
    union.addAll(other.days.get());
    return of(union);
  }

  /**
   * Returns the partitions of a table partitioned by {@code to} that cover the same days as these
   * partitions of a table partitioned by {@code from}.
   */
  Partitions as(Contract.By from, Contract.By to) {
    if (days.isEmpty() || days.get().isEmpty() || from == to) {
      return this;
    }
    return switch (to) {
      case WHOLE -> ALL;
      case MONTH -> from == Contract.By.DAY ? months() : ALL;
      case DAY -> from == Contract.By.MONTH ? daysOfMonths() : ALL;
    };
  }

  /** Returns the first day of each month of these days. */
  Partitions months() {
    return each(day -> Stream.of(day.withDayOfMonth(1)));
  }

  /** Returns the months of these days, and this number of months before each. */
  Partitions withMonthsBefore(int before) {
    return monthsBetween(-before, 0);
  }

  /** Returns the months of these days, and this number of months after each. */
  Partitions withMonthsAfter(int after) {
    return monthsBetween(0, after);
  }

  private Partitions monthsBetween(int first, int last) {
    return months().each(month -> IntStream.rangeClosed(first, last).mapToObj(month::plusMonths));
  }

  /** Returns every day of the months of these days. */
  Partitions daysOfMonths() {
    return months().each(first -> first.datesUntil(first.plusMonths(1)));
  }

  /** Replaces each of these days by others. All partitions stay all. */
  private Partitions each(Function<LocalDate, Stream<LocalDate>> others) {
    return new Partitions(
        days.map(
            all -> all.stream().flatMap(others).collect(Collectors.toCollection(TreeSet::new))));
  }

  /**
   * Consecutive days.
   *
   * @param end the day after the last day
   */
  record Range(LocalDate first, LocalDate end) {}

  /** Returns these days as the smallest number of ranges. */
  List<Range> ranges() {
    List<Range> ranges = new ArrayList<>();
    for (LocalDate day : days.orElseThrow()) {
      Range last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
      if (last != null && last.end().equals(day)) {
        ranges.set(ranges.size() - 1, new Range(last.first(), day.plusDays(1)));
      } else {
        ranges.add(new Range(day, day.plusDays(1)));
      }
    }
    return ranges;
  }

  @Override
  public String toString() {
    return days.map(
            all ->
                all.isEmpty()
                    ? "none"
                    : all.size() <= 3
                        ? all.stream().map(LocalDate::toString).collect(Collectors.joining(", "))
                        : all.size() + " partitions")
        .orElse("all");
  }
}
