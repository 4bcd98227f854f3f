package costlake.build;

import costlake.model.Contract;

/**
 * The part of an upstream relation that a partition of a model needs.
 *
 * @param window days of the partition, its months, or all days
 * @param monthsBefore number of earlier months that the partition needs too
 */
record Part(Contract.Window window, int monthsBefore) {
  static final Part SAME_DAY = new Part(Contract.Window.DAY, 0);

  /** Returns the part of a relation that is needed for this part of a model that reads it. */
  Part through(Contract model, String relation) {
    Contract.Window own = model.reads().getOrDefault(relation, Contract.Window.DAY);
    return new Part(
        larger(window, own), monthsBefore + model.monthsBefore().getOrDefault(relation, 0));
  }

  /** Returns the smallest part that contains both parts. */
  Part and(Part other) {
    return new Part(larger(window, other.window), Math.max(monthsBefore, other.monthsBefore));
  }

  private static Contract.Window larger(Contract.Window one, Contract.Window other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
