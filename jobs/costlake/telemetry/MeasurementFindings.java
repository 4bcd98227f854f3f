package costlake.telemetry;

import costlake.telemetry.Samples.Segment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Impossible values of a day's measurements, each with the value that replaced it. */
final class MeasurementFindings {
  private final long day;
  private final List<Finding> list = new ArrayList<>();

  MeasurementFindings(long day) {
    this.day = day;
  }

  void add(
      @Nullable Integer hour,
      String subject,
      String reason,
      @Nullable BigDecimal measured,
      @Nullable BigDecimal allowed) {
    list.add(new Finding(hour, subject, reason, measured, allowed));
  }

  /**
   * Cuts levels to what is possible. Each hour that was cut is one finding, with the sums before
   * and after.
   */
  List<Segment> cut(
      List<Segment> levels, Optional<BigDecimal> most, String subject, String reason) {
    if (most.isEmpty()
        || levels.stream().noneMatch(each -> each.value().compareTo(most.get()) > 0)) {
      return levels;
    }
    List<Segment> possible =
        levels.stream()
            .map(each -> new Segment(each.start(), each.end(), each.value().min(most.get())))
            .toList();
    HourSums claimed = new HourSums(day).addLevels(levels);
    HourSums taken = new HourSums(day).addLevels(possible);
    for (int hour = 0; hour < UtcHours.A_DAY; hour++) {
      BigDecimal before = claimed.sum(hour);
      if (before != null && before.compareTo(taken.sum(hour)) > 0) {
        add(
            hour,
            subject,
            reason,
            TableDecimals.figure(before),
            TableDecimals.figure(taken.sum(hour)));
      }
    }
    return possible;
  }

  /** In an order that does not depend on how they came about. */
  List<Finding> sorted() {
    return list.stream()
        .sorted(
            Comparator.comparing(Finding::subject)
                .thenComparing(Finding::reason)
                .thenComparing(Finding::hour, Comparator.nullsFirst(Comparator.naturalOrder())))
        .toList();
  }
}
