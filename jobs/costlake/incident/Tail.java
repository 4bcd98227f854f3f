package costlake.incident;

/**
 * Says how rare a distance is, from the distances before it. Beyond the largest of them, continues
 * the shape of their upper end: a generalised Pareto distribution, as in the theory of extreme
 * values, by probability-weighted moments (Hosking and Wallis 1987).
 */
final class Tail {
  /** A shape needs some distances; half of the first ones are the upper end. */
  private static final int UPPER = 10;

  private static final int FEWEST = 2 * UPPER;

  /** Nothing is rarer than this: one in a million millions. */
  private static final double RAREST = 12;

  /** Heavier ends have hardly a mean. */
  private static final double HEAVIEST = 0.9;

  /** A smaller shape is the exponential distribution. */
  private static final double ALMOST_ZERO = 1e-6;

  /** A thousandth of the usual size of values is rounding. */
  private static final double ROUNDING = 1e-3;

  private final SortedValues distances = new SortedValues();
  private final double largest;

  /**
   * @param largest what is rarer than this is learnt as if it were as rare as this, so that one
   *     incident does not hide the next
   */
  Tail(double largest) {
    this.largest = largest;
  }

  /**
   * Returns how rare a distance is: 1 for one in ten, 2 for one in a hundred. Zero while too little
   * is known.
   *
   * @param size the usual size of values
   */
  double rarity(double distance, double size) {
    return known() && !Double.isNaN(distance) ? upperEnd(size).rarity(distance) : 0;
  }

  /** Says whether there are enough distances to judge one. */
  boolean known() {
    return distances.size() >= FEWEST;
  }

  void learn(double distance, double size) {
    if (Double.isNaN(distance) || Double.isInfinite(distance)) {
      return;
    }
    distances.add(known() ? Math.min(distance, upperEnd(size).limit(largest)) : distance);
  }

  private End upperEnd(double size) {
    int count = distances.size();
    int upper = Math.max(UPPER, (int) Math.sqrt(count));
    int first = count - upper;
    double from = distances.get(first - 1);
    double mean = 0;
    double weighted = 0;
    for (int i = first; i < count; i++) {
      double excess = (distances.get(i) - from) / upper;
      mean += excess;
      weighted += excess * (count - 1 - i) / (upper - 1);
    }
    double least = Math.max(size * ROUNDING, Double.MIN_NORMAL);
    if (mean <= least) {
      return new End(true, from, least, 0, upper);
    }
    double shape = Math.min(Math.max(2 - mean / (mean - 2 * weighted), 0), HEAVIEST);
    return new End(false, from, mean * (1 - shape), shape, upper);
  }

  /** The upper end of the distances: beyond {@code from}, with a scale and a shape. */
  private final class End {
    private final boolean flat;
    private final double from;
    private final double scale;
    private final double shape;
    private final double share;

    End(boolean flat, double from, double scale, double shape, int upper) {
      this.flat = flat;
      this.from = from;
      this.scale = scale;
      this.shape = shape;
      this.share = Math.log10((distances.size() + 1.0) / (upper + 1.0));
    }

    double rarity(double distance) {
      if (distance <= from) {
        int above = distances.size() - distances.below(distance);
        return Math.log10((distances.size() + 1.0) / (above + 1.0));
      }
      double excess = (distance - from) / scale;
      double beyond = shape < ALMOST_ZERO ? excess : Math.log1p(shape * excess) / shape;
      return Math.min(RAREST, share + beyond / Math.log(10));
    }

    /** Returns the distance of a rarity. If there is no spread yet, the next distance gives it. */
    double limit(double rarity) {
      if (flat) {
        return Double.POSITIVE_INFINITY;
      }
      double beyond = Math.max(0, rarity - share) * Math.log(10);
      return from + scale * (shape < ALMOST_ZERO ? beyond : Math.expm1(shape * beyond) / shape);
    }
  }
}
