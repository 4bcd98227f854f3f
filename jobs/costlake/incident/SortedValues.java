package costlake.incident;

import java.util.Arrays;

/** Numbers in ascending order, to which numbers are added. */
final class SortedValues {
  private double[] values = new double[64];
  private int size;

  void add(double value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    int at = place(value);
    System.arraycopy(values, at, values, at + 1, size - at);
    values[at] = value;
    size++;
  }

  int size() {
    return size;
  }

  /** Returns the number that has {@code rank} smaller or equal ones before it. */
  double get(int rank) {
    return values[rank];
  }

  /** Returns how many numbers are smaller. */
  int below(double value) {
    int at = place(value);
    while (at > 0 && values[at - 1] == value) {
      at--;
    }
    return at;
  }

  /** Returns the distance to the nearest number, or infinity if there is none. */
  double distance(double value) {
    int at = place(value);
    double before = at > 0 ? value - values[at - 1] : Double.POSITIVE_INFINITY;
    double after = at < size ? values[at] - value : Double.POSITIVE_INFINITY;
    return Math.min(before, after);
  }

  private int place(double value) {
    int found = Arrays.binarySearch(values, 0, size, value);
    return found < 0 ? -found - 1 : found;
  }
}
