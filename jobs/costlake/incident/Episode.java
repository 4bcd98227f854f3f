package costlake.incident;

import java.time.LocalDate;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;

/** Days on which one series is out of the ordinary, in one direction. */
final class Episode {
  private final WatchedSeries series;
  private final int sign;
  private final NavigableMap<LocalDate, Double> expectedValues = new TreeMap<>();
  private final NavigableMap<LocalDate, LocalDate> ordinaryDays = new TreeMap<>();
  private double firstValue;
  private double values;
  private double deviation;
  private double expected;

  Episode(WatchedSeries series, int sign) {
    this.series = series;
    this.sign = sign;
  }

  /**
   * Adds a day.
   *
   * @param value cost, or price
   * @param expected expected cost, or price
   * @param quantity quantity at the price; 1 for a cost
   * @param ordinary an earlier day on which the series was as expected
   */
  void add(LocalDate day, double value, double expected, double quantity, LocalDate ordinary) {
    expectedValues.put(day, expected);
    ordinaryDays.put(day, ordinary);
    firstValue = ordinaryDays.size() == 1 ? value : firstValue;
    values += value;
    deviation += (value - expected) * quantity;
    this.expected += Math.abs(expected) * quantity;
  }

  WatchedSeries series() {
    return series;
  }

  /** Returns 1 for a rise and -1 for a fall. */
  int sign() {
    return sign;
  }

  LocalDate start() {
    return ordinaryDays.firstKey();
  }

  LocalDate end() {
    return ordinaryDays.lastKey();
  }

  /** Returns the distance from the expectation in money, negative below it: an estimate. */
  double deviation() {
    return deviation;
  }

  /** Returns how large the deviation is beside what was expected. */
  double share() {
    return Math.abs(deviation) / Math.max(expected, 1);
  }

  /** Returns for each day the day that it is compared with. */
  NavigableMap<LocalDate, LocalDate> ordinaryDays() {
    return ordinaryDays;
  }

  /**
   * Whether another day deviates as the first one did: by at least half of its share of what was
   * expected, or of its amount.
   */
  boolean isLike(double value, double expectation) {
    double first = Objects.requireNonNull(expectedValues.get(start()));
    double share = Math.abs(firstValue - first) / Math.max(Math.abs(first), Math.abs(firstValue));
    double now = (value - expectation) * sign;
    double size = Math.max(Math.abs(expectation), Math.abs(value));
    return now > Math.abs(firstValue - first) / 2 || now > share * size / 2;
  }

  int days() {
    return ordinaryDays.size();
  }

  /** Returns what was expected on each day, in the unit of the series. */
  NavigableMap<LocalDate, Double> expectedValues() {
    return expectedValues;
  }

  /** Returns the level as a share of the expected one. */
  double step() {
    return values / expectedValues.values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
