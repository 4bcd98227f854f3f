package costlake.testing;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The points at which a run of the tests kills a process. Without the property {@value #PART} these
 * are all points; with 0, 1 or 2 a third of them, so that the long suites end in time. {@code
 * .ci/long} sets the property from the number of commits.
 */
public final class KillPoints {
  static final String PART = "costlake.kill.part";
  static final int PARTS = 3;

  private KillPoints() {}

  /**
   * Returns the points of this run in their order.
   *
   * @throws IllegalArgumentException if the property is not 0, 1 or 2
   */
  public static <T> List<T> ofThisRun(List<T> points) {
    String part = System.getProperty(PART, "");
    return part.isEmpty() ? points : ofPart(points, Integer.parseInt(part));
  }

  static <T> List<T> ofPart(List<T> points, int part) {
    if (part < 0 || part >= PARTS) {
      throw new IllegalArgumentException(PART + " is 0, 1 or 2, not " + part);
    }
    return IntStream.range(0, points.size())
        .filter(i -> i % PARTS == part)
        .mapToObj(points::get)
        .toList();
  }
}
