package costlake.incident;

/** Says how new a number is: how far from all numbers before, compared with how far those were. */
final class Novelty {
  private final SortedValues seen = new SortedValues();
  private final Tail distances;

  /**
   * @param rare the rarity of an incident
   */
  Novelty(double rare) {
    distances = new Tail(rare);
  }

  /** Returns the rarity of the next number, then learns it. */
  double next(double number, double size) {
    double distance = seen.distance(number);
    double rarity = distances.rarity(distance, size);
    distances.learn(distance, size);
    seen.add(number);
    return rarity;
  }
}
