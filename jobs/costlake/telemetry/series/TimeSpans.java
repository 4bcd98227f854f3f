package costlake.telemetry.series;

import costlake.telemetry.series.Samples.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Intervals of time in milliseconds since the epoch. They are disjoint and in order of time. */
public record TimeSpans(List<Span> list) {
  /** An interval from {@code start} (inclusive) until {@code end} (exclusive). */
  public record Span(long start, long end) {}

  /** No time. */
  public static final TimeSpans NONE = new TimeSpans(List.of());

  /** The time that values cover. */
  public static TimeSpans of(List<Segment> segments) {
    return united(segments.stream().map(each -> new Span(each.start(), each.end())).toList());
  }

  /** The time that at least one of these intervals covers. */
  public static TimeSpans union(Collection<TimeSpans> all) {
    return all.size() == 1
        ? all.iterator().next()
        : united(all.stream().flatMap(each -> each.list.stream()).toList());
  }

  private static TimeSpans united(List<Span> spans) {
    List<Span> united = new ArrayList<>();
    for (Span span : inOrder(spans)) {
      int last = united.size() - 1;
      if (last >= 0 && span.start <= united.get(last).end) {
        Span before = united.get(last);
        united.set(last, new Span(before.start, Math.max(before.end, span.end)));
      } else {
        united.add(span);
      }
    }
    return new TimeSpans(List.copyOf(united));
  }

  private static List<Span> inOrder(List<Span> spans) {
    for (int i = 1; i < spans.size(); i++) {
      if (spans.get(i).start < spans.get(i - 1).start) {
        return spans.stream().sorted(Comparator.comparingLong(Span::start)).toList();
      }
    }
    return spans;
  }

  boolean isEmpty() {
    return list.isEmpty();
  }

  /** Returns the interval from the first start to the last end. */
  public TimeSpans hull() {
    return isEmpty()
        ? NONE
        : new TimeSpans(List.of(new Span(list.get(0).start, list.get(list.size() - 1).end)));
  }

  /** Returns the parts of the intervals that are between two instants. */
  public TimeSpans within(long from, long until) {
    return new TimeSpans(
        list.stream()
            .filter(span -> span.start < until && span.end > from)
            .map(span -> new Span(Math.max(span.start, from), Math.min(span.end, until)))
            .toList());
  }

  /** Returns how many milliseconds of each hour of the day the intervals cover. */
  public long[] hours(long day) {
    long[] hours = new long[UtcHours.PER_DAY];
    for (Span span : list) {
      UtcHours.split(day, span.start, span.end, (hour, start, end) -> hours[hour] += end - start);
    }
    return hours;
  }
}
