package costlake.incident;

import java.util.ArrayDeque;
import java.util.Deque;

/** The last numbers of a series, at most {@code length}. */
final class Window {
  private final int length;
  private final Deque<Double> values = new ArrayDeque<>();
  private double median = Double.NaN;
  private boolean changed;

  Window(int length) {
    this.length = length;
  }

  void add(double value) {
    changed = true;
    values.addLast(value);
    if (values.size() > length) {
      values.removeFirst();
    }
  }

  boolean full() {
    return values.size() == length;
  }

  double mean() {
    return values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
  }

  /** Returns the middle number, or the mean of the two in the middle; NaN if there is none. */
  double median() {
    if (changed) {
      median = Medians.of(values.stream().mapToDouble(Double::doubleValue).toArray());
      changed = false;
    }
    return median;
  }
}
