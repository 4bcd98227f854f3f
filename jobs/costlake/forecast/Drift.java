package costlake.forecast;

/** The growth of the last weeks, continued. */
final class Drift {
  private static final int MOST_WEEKS = 8;

  private Drift() {}

  static double[] ahead(double[] history) {
    int days = (Math.min(history.length / Weeks.DAYS, MOST_WEEKS) - 1) * Weeks.DAYS;
    double perDay = (Weeks.level(history, 0) - Weeks.level(history, days)) / days;
    double[] flat = Weeks.mean(history, 2);
    // From the middle of the last two weeks to the middle of the next one is a week and a half.
    double lag = Weeks.DAYS / 2.0;
    double[] ahead = new double[days];
    for (int day = 0; day < days; day++) {
      int weeksAhead = day / Weeks.DAYS + 1;
      ahead[day] = flat[day % Weeks.DAYS] + perDay * (weeksAhead * Weeks.DAYS + lag);
    }
    return ahead;
  }
}
