package costlake.forecast;

/** Sums over the weeks at the end of a history. */
final class Weeks {
  static final int DAYS = 7;

  /** Days after which a damped trend moves nothing any more. */
  static final int HORIZON = 12 * DAYS;

  private Weeks() {}

  /** Returns the mean of each of the last seven weekdays over so many weeks. */
  static double[] mean(double[] history, int weeks) {
    double[] mean = new double[DAYS];
    for (int i = 1; i <= weeks * DAYS; i++) {
      mean[(weeks * DAYS - i) % DAYS] += history[history.length - i] / weeks;
    }
    return mean;
  }

  /** Returns the mean of seven days, the last of which is so many days before the end. */
  static double level(double[] history, int daysBefore) {
    double sum = 0;
    for (int i = 1; i <= DAYS; i++) {
      sum += history[history.length - daysBefore - i];
    }
    return sum / DAYS;
  }
}
