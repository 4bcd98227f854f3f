package costlake.incident;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generated series, and how the detector judges them. */
final class Generated {
  static final Instant MONDAY = Instant.parse("2026-01-05T00:00:00Z");
  private static final Duration DAY = Duration.ofDays(1);

  private Generated() {}

  /** Returns costs by day: noise of 5 %, weekends at 60 %. */
  static double[] costs(int seed, int days) {
    Random random = new Random(seed);
    double[] costs = new double[days];
    for (int day = 0; day < days; day++) {
      costs[day] = (day % 7 >= 5 ? 600 : 1000) * (1 + 0.05 * random.nextGaussian());
    }
    return costs;
  }

  /** Returns hours of use: busy from 9 to 20 on working days. */
  static double[] hours(int seed, int days) {
    Random random = new Random(seed);
    double[] hours = new double[24 * days];
    for (int i = 0; i < hours.length; i++) {
      boolean busy = i % 24 >= 9 && i % 24 < 20 && i / 24 % 7 < 5;
      hours[i] = (busy ? 100 : 40) * (1 + 0.05 * random.nextGaussian());
    }
    return hours;
  }

  /** Multiplies the values from one index on, before another. */
  static double[] times(double factor, int from, int until, double... values) {
    double[] changed = values.clone();
    for (int i = from; i < until; i++) {
      changed[i] *= factor;
    }
    return changed;
  }

  static List<Judgement> judgeDays(double... values) {
    return judge(DAY, values);
  }

  static List<Judgement> judge(Duration spacing, double... values) {
    SeasonalDetector detector = new SeasonalDetector();
    List<Judgement> judgements = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      judgements.add(detector.judge(MONDAY.plus(spacing.multipliedBy(i)), values[i]));
    }
    return judgements;
  }

  /** Returns the number of incidents. */
  static int incidents(List<Judgement> judgements) {
    int begun = 0;
    for (int i = 1; i < judgements.size(); i++) {
      begun += judgements.get(i).incident() && !judgements.get(i - 1).incident() ? 1 : 0;
    }
    return begun;
  }
}
