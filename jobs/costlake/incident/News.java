package costlake.incident;

/** Keeps back what was told already: within a season, only what is ten times rarer is news. */
final class News {
  /** Ten times rarer. */
  private static final double GRADE = 1;

  /** What comes once in ten points is no news that could keep back other news. */
  private static final double ORDINARY = 1;

  private final int season;
  private double told;
  private int since = Integer.MAX_VALUE;

  News(int season) {
    this.season = season;
  }

  /** Returns the rarity if it is news, else zero. */
  double of(double rarity) {
    since = since == Integer.MAX_VALUE ? since : since + 1;
    if (since <= season && rarity <= told + GRADE) {
      return 0;
    }
    if (rarity > ORDINARY) {
      told = rarity;
      since = 0;
    }
    return rarity;
  }
}
