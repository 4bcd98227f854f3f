package costlake.telemetry.series;

import costlake.telemetry.series.Samples.Segment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects the faults in the measurements of a day. Limits impossible values. */
public final class MeasurementFindings {
  private final long day;
  private final List<Finding> list = new ArrayList<>();

  /**
   * Creates an empty collection.
   *
   * @param day first instant of the day, in milliseconds since the epoch
   */
  public MeasurementFindings(long day) {
    this.day = day;
  }

  /** Adds a finding, see {@link Finding}. */
  public void add(
      @Nullable Integer hour,
      String subject,
      String reason,
      @Nullable BigDecimal measured,
      @Nullable BigDecimal allowed) {
    list.add(new Finding(hour, subject, reason, measured, allowed));
  }

  /** Adds a finding for each metric that had samples below zero, with their number. */
  public void addNegatives(Map<String, Integer> countByMetric) {
    countByMetric.forEach(
        (metric, count) ->
            add(null, metric, "samples below zero were left out", BigDecimal.valueOf(count), null));
  }

  /**
   * Limits each value of a time series to the maximum {@code most}. Adds one finding for each hour
   * in which a value was reduced, with the sum before and after.
   */
  public List<Segment> limited(
      List<Segment> levels, Optional<BigDecimal> most, String subject, String reason) {
    if (most.isEmpty()
        || levels.stream().noneMatch(each -> each.value().compareTo(most.get()) > 0)) {
      return levels;
    }
    List<Segment> possible =
        levels.stream()
            .map(each -> new Segment(each.start(), each.end(), each.value().min(most.get())))
            .toList();
    HourSums measured = new HourSums(day).addLevels(levels);
    HourSums allowed = new HourSums(day).addLevels(possible);
    for (int hour = 0; hour < UtcHours.PER_DAY; hour++) {
      BigDecimal before = measured.sum(hour);
      if (before != null && before.compareTo(allowed.sum(hour)) > 0) {
        add(
            hour,
            subject,
            reason,
            TableDecimals.figure(before),
            TableDecimals.figure(allowed.sum(hour)));
      }
    }
    return possible;
  }

  /** Returns the findings in order of subject, reason and hour. */
  public List<Finding> sorted() {
    return list.stream()
        .sorted(
            Comparator.comparing(Finding::subject)
                .thenComparing(Finding::reason)
                .thenComparing(Finding::hour, Comparator.nullsFirst(Comparator.naturalOrder())))
        .toList();
  }
}
