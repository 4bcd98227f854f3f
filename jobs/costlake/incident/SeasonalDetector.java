package costlake.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A detector for series with seasons and changing levels. A point is as rare as the rarest of three
 * distances: from its expectation, from the nearest value of the past, and of the mean of its
 * season from the nearest such mean of the past. An incident begins where the three together would
 * give about one false alarm in a quarter.
 */
public final class SeasonalDetector implements Detector {
  private static final int SIGNALS = 3;

  /** Enough to know the usual spacing, also if some points are missing. */
  private static final int FIRST_POINTS = 8;

  /** A series with fewer points in a quarter has an alarm in so many points instead. */
  private static final double FEWEST_A_QUARTER = 91;

  /** With larger values, sums could overflow. */
  static final double LARGEST = 1e100;

  private final List<Instant> first = new ArrayList<>();
  private final List<Double> firstValues = new ArrayList<>();
  private @Nullable Season season;

  /** Creates a detector that has learnt nothing yet. */
  public SeasonalDetector() {}

  @Override
  public Judgement judge(Instant time, double value) {
    if (!(Math.abs(value) <= LARGEST)) {
      throw new IllegalArgumentException("The value at " + time + " cannot be judged: " + value);
    }
    if (season != null) {
      return season.judge(time, value);
    }
    first.add(time);
    firstValues.add(value);
    begin();
    return new Judgement(null, 0, false);
  }

  private void begin() {
    long spacing = spacing();
    if (first.size() < FIRST_POINTS || spacing == 0) {
      return;
    }
    Season begun = new Season(Rhythm.of(Duration.ofSeconds(spacing)));
    for (int i = 0; i < first.size(); i++) {
      begun.judge(first.get(i), firstValues.get(i));
    }
    season = begun;
  }

  /** Returns the median of the seconds by which time went forward; zero if it never did. */
  private long spacing() {
    List<Long> gaps = new ArrayList<>();
    for (int i = 1; i < first.size(); i++) {
      gaps.add(Duration.between(first.get(i - 1), first.get(i)).toSeconds());
    }
    double median =
        Medians.of(gaps.stream().filter(gap -> gap > 0).mapToDouble(gap -> gap).toArray());
    return Double.isNaN(median) ? 0 : Math.round(median);
  }

  /** Judges points once the rhythm of the series is known. */
  private static final class Season {
    private final Rhythm rhythm;
    private final Forecasts forecasts;
    private final double rare;
    private final Novelty ofValue;
    private final Novelty ofSeason;
    private final SortedValues sizes = new SortedValues();
    private final SeasonMean last;
    private final News news;
    private @Nullable OpenIncident open;

    Season(Rhythm rhythm) {
      this.rhythm = rhythm;
      rare = Math.log10(SIGNALS * Math.max(rhythm.quarter(), FEWEST_A_QUARTER));
      forecasts = new Forecasts(rhythm, rare);
      ofValue = new Novelty(rare);
      ofSeason = new Novelty(rare);
      last = new SeasonMean(rhythm);
      news = new News(rhythm.season());
    }

    Judgement judge(Instant time, double value) {
      sizes.add(Math.abs(value));
      double size = sizes.get(sizes.size() / 2);
      Forecasts.Tracked best = forecasts.best(time);
      double rarity =
          news.of(
              Math.max(best.rarity(time, value, size), novelty(time, value, size, best.cyclic())));
      double expected = follow(time, value, best, rarity);
      forecasts.learn(time, value, size);
      return new Judgement(
          Double.isNaN(expected) ? null : expected, rarity / (1 + rarity), open != null);
    }

    /** Opens, continues or ends the incident; returns what is expected without it. */
    private double follow(Instant time, double value, Forecasts.Tracked best, double rarity) {
      if (open != null && open.goesOn(time, value)) {
        return open.expected(time);
      }
      double expected = best.at(time);
      open =
          rarity < rare ? null : new OpenIncident(best.frozen(), value - expected, rhythm.season());
      return expected;
    }

    private double novelty(Instant time, double value, double size, boolean cyclic) {
      last.add(time, value);
      double rarity = ofValue.next(value, size);
      return last.known(cyclic) ? Math.max(rarity, ofSeason.next(last.mean(), size)) : rarity;
    }
  }
}
