package costlake.incident;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Watches one series day by day. */
final class SeriesWatch {
  /** Weeks in which an ordinary day is looked for. */
  private static final int WEEKS = 5;

  /** Days after which the detector has learnt a new level. */
  private static final int SEASON = 7;

  /** What returns more often in a quarter is ordinary. */
  private static final int RETURNS_A_QUARTER = 3;

  private static final int QUARTER_DAYS = 91;

  /** A level that changed by more is learnt anew. */
  private static final double LARGEST_STEP = 10;

  private final WatchedSeries series;
  private final double least;
  private final NavigableMap<LocalDate, Double> learnt = new TreeMap<>();
  private final NavigableSet<LocalDate> returns = new TreeSet<>();
  private Detector detector = new SeasonalDetector();
  private @Nullable Episode open;

  /**
   * @param least smallest deviation of an incident, in money
   */
  SeriesWatch(WatchedSeries series, double least) {
    this.series = series;
    this.least = least;
  }

  /**
   * Takes the next day.
   *
   * @param value cost, or price
   * @param quantity quantity at the price; 1 for a cost
   * @return the episode that began on this day
   */
  Optional<Episode> next(LocalDate day, double value, double quantity) {
    Judgement judgement = judge(day, value);
    Episode before = open;
    open = goesOn(day, value, quantity) ? open : begun(day, value, quantity, judgement);
    learnt.put(day, value);
    if (before != null && before != open) {
      settle(before);
    }
    return open == before ? Optional.empty() : Optional.ofNullable(open);
  }

  private Judgement judge(LocalDate day, double value) {
    return detector.judge(day.atStartOfDay(ZoneOffset.UTC).toInstant(), value);
  }

  /** Adds the day to the open episode, if the series is still out of the ordinary as before. */
  private boolean goesOn(LocalDate day, double value, double quantity) {
    if (open == null || open.days() == SEASON) {
      return false;
    }
    double expected = usual(day, open.start());
    Optional<LocalDate> ordinary = ordinary(day, open.start(), expected);
    boolean goesOn = ordinary.isPresent() && open.isLike(value, expected);
    if (goesOn) {
      open.add(day, value, expected, quantity, ordinary.get());
    }
    return goesOn;
  }

  private @Nullable Episode begun(
      LocalDate day, double value, double quantity, Judgement judgement) {
    Double expected = judgement.expected();
    if (!judgement.incident() || expected == null || value == expected) {
      return null;
    }
    Optional<LocalDate> ordinary = ordinary(day, day, expected);
    Episode begun = new Episode(series, (int) Math.signum(value - expected));
    ordinary.ifPresent(earlier -> begun.add(day, value, expected, quantity, earlier));
    return ordinary.isPresent() ? begun : null;
  }

  /** Returns the median of the same weekday in the last weeks before the start. */
  private double usual(LocalDate day, LocalDate start) {
    return Medians.of(
        IntStream.rangeClosed(1, WEEKS)
            .mapToObj(day::minusWeeks)
            .filter(earlier -> earlier.isBefore(start))
            .filter(learnt::containsKey)
            .mapToDouble(this::learntOn)
            .toArray());
  }

  /** Returns the same weekday of the last weeks before the start on which the value was nearest. */
  private Optional<LocalDate> ordinary(LocalDate day, LocalDate start, double expected) {
    return IntStream.rangeClosed(1, WEEKS)
        .mapToObj(day::minusWeeks)
        .filter(earlier -> earlier.isBefore(start) && learnt.containsKey(earlier))
        .min(Comparator.comparingDouble(earlier -> Math.abs(learntOn(earlier) - expected)));
  }

  private double learntOn(LocalDate day) {
    return Objects.requireNonNull(learnt.get(day));
  }

  /**
   * Learns an incident that is over, so that it hides no other. If the series is back, what was
   * expected counts as the values of those days. If the level changed, the days before are scaled
   * to the new level.
   */
  private void settle(Episode over) {
    if (Math.abs(over.deviation()) < least) {
      return;
    }
    if (over.days() >= SEASON) {
      double step = over.step();
      if (step > 1 / LARGEST_STEP && step < LARGEST_STEP) {
        learnt.headMap(over.start()).replaceAll((day, value) -> value * step);
        learnAgain();
      }
    } else if (returns.tailSet(over.start().minusDays(QUARTER_DAYS)).size() < RETURNS_A_QUARTER) {
      returns.add(over.start());
      learnt.putAll(over.expectedValues());
      learnAgain();
    }
  }

  private void learnAgain() {
    detector = new SeasonalDetector();
    learnt.forEach(this::judge);
  }
}
