package costlake.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** The mean of the last points, as many as a season has. */
final class SeasonMean {
  /** In a tenth more time, no day of the week comes twice, and a few minutes may be missing. */
  private static final double LONGEST = 1.1;

  private final Window values;
  private final Deque<Instant> times = new ArrayDeque<>();
  private final int season;
  private final Duration longest;

  SeasonMean(Rhythm rhythm) {
    season = rhythm.season();
    values = new Window(season);
    longest = Duration.ofSeconds(Math.round(rhythm.spacing().toSeconds() * (season - 1) * LONGEST));
  }

  void add(Instant time, double value) {
    values.add(value);
    times.addLast(time);
    if (times.size() > season) {
      times.removeFirst();
    }
  }

  /**
   * Says whether there is a mean that compares with others. A season with holes has another mix of
   * hours or days, which matters if the series is cyclic.
   */
  boolean known(boolean cyclic) {
    return values.full() && (!cyclic || whole());
  }

  private boolean whole() {
    return Duration.between(times.getFirst(), times.getLast()).compareTo(longest) <= 0;
  }

  double mean() {
    return values.mean();
  }
}
