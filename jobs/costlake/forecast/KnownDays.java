package costlake.forecast;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Figures by series and day, of which a day without a figure is missing. If another series has a
 * figure on that day, the missing one is 0; if none has, nothing is known of the day.
 */
public final class KnownDays {
  private final LocalDate last;
  private final Map<String, Map<LocalDate, Double>> figures = new TreeMap<>();
  private final NavigableSet<LocalDate> known = new TreeSet<>();

  /**
   * @param last last day that counts; what is later may still change
   */
  public KnownDays(LocalDate last) {
    this.last = last;
  }

  /** Adds a figure. */
  public void add(String series, LocalDate day, double figure) {
    if (!day.isAfter(last)) {
      known.add(day);
      figures.computeIfAbsent(series, any -> new HashMap<>()).merge(day, figure, Double::sum);
    }
  }

  /** Returns the series by name. All end with the last day. */
  public Map<String, DailySeries> series() {
    Map<String, DailySeries> series = new TreeMap<>();
    figures.forEach((name, days) -> series.put(name, series(days)));
    return series;
  }

  private DailySeries series(Map<LocalDate, Double> days) {
    LocalDate first = known.first();
    double[] values =
        first
            .datesUntil(last.plusDays(1))
            .mapToDouble(day -> days.getOrDefault(day, known.contains(day) ? 0.0 : Double.NaN))
            .toArray();
    return new DailySeries(first, values);
  }
}
