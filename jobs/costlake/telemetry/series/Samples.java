package costlake.telemetry.series;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The samples of one series in order of arrival; times are milliseconds since the epoch. */
public final class Samples {
  /** The value of a gauge, or the increase of a counter, from {@code start} to {@code end}. */
  public record Segment(long start, long end, BigDecimal value) {}

  /**
   * If the next sample comes within this number of steps, a sample is valid until the next sample.
   * Otherwise it is valid for one step, and the value after that step is unknown.
   */
  public static final int STEPS_BRIDGED = 2;

  private long[] times = new long[16];
  private BigDecimal[] values = new BigDecimal[16];
  private int size;
  private boolean ordered = true;

  public int size() {
    return size;
  }

  /** The times of the samples, in order of arrival. */
  public LongStream times() {
    return Arrays.stream(times, 0, size);
  }

  /** Adds a sample. */
  public void add(long time, BigDecimal value) {
    if (size == times.length) {
      times = Arrays.copyOf(times, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    ordered &= size == 0 || times[size - 1] < time;
    times[size] = time;
    values[size++] = value;
  }

  /** Joins the samples of several responses about one object. */
  public static Samples of(List<Samples> all) {
    Samples together = new Samples();
    for (Samples each : all) {
      for (int i = 0; i < each.size; i++) {
        together.add(each.times[i], each.values[i]);
      }
    }
    return together;
  }

  /** Returns the samples from {@code from} to {@code until}, both inclusive. */
  Samples between(long from, long until) {
    if (ordered && size > 0 && times[0] >= from && times[size - 1] <= until) {
      return this;
    }
    Samples window = new Samples();
    for (int i = 0; i < size; i++) {
      if (times[i] >= from && times[i] <= until) {
        window.add(times[i], values[i]);
      }
    }
    return window;
  }

  /** Returns the values of a gauge over time. Successive equal values are one segment. */
  public List<Segment> levels(long step) {
    sortByTime();
    List<Segment> segments = new ArrayList<>();
    int first = 0;
    for (int i = 0; i < size; i++) {
      boolean silent = i + 1 == size || times[i + 1] - times[i] > STEPS_BRIDGED * step;
      if (silent || values[i + 1].compareTo(values[i]) != 0) {
        long end = silent ? times[i] + step : times[i + 1];
        segments.add(new Segment(times[first], end, values[first]));
        first = i + 1;
      }
    }
    return segments;
  }

  /**
   * Returns the increases of a counter between samples. If a counter fell, it was reset to zero.
   */
  List<Segment> increases(long step) {
    sortByTime();
    List<Segment> segments = new ArrayList<>(size);
    for (int i = 0; i + 1 < size; i++) {
      if (times[i + 1] - times[i] <= STEPS_BRIDGED * step) {
        BigDecimal grown = values[i + 1].subtract(values[i]);
        segments.add(
            new Segment(times[i], times[i + 1], grown.signum() < 0 ? values[i + 1] : grown));
      }
    }
    return segments;
  }

  /** Sorts the samples by time. Of several samples of one instant, keeps the greatest. */
  private void sortByTime() {
    if (ordered) {
      return;
    }
    int[] order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingLong((Integer i) -> times[i]).thenComparing(i -> values[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    long[] settledTimes = new long[size];
    BigDecimal[] settledValues = new BigDecimal[size];
    int kept = 0;
    for (int i : order) {
      if (kept > 0 && settledTimes[kept - 1] == times[i]) {
        kept--;
      }
      settledTimes[kept] = times[i];
      settledValues[kept++] = values[i];
    }
    times = settledTimes;
    values = settledValues;
    size = kept;
    ordered = true;
  }
}
