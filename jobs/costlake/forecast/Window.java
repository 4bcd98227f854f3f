package costlake.forecast;

/** The days after {@code from} days ahead, until {@code until} days ahead. */
record Window(int from, int until) {
  int days() {
    return until - from;
  }

  /** Returns the window of as many days, or fewer, that ends so many days ahead. */
  Window endingAt(int end) {
    return new Window(Math.max(0, end - days()), end);
  }
}
