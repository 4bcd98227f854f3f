package costlake.land;

import costlake.core.Failure;
import costlake.core.Nearest;
import java.util.Map;

/** Finds Java strategies by the name that {@code kind.yml} gives. */
final class Strategies {
  private Strategies() {}

  /**
   * Returns the strategy of this name.
   *
   * @param key key of {@code kind.yml}, for the message
   * @throws Failure with exit code 2 if there is none
   */
  static <T> T named(String key, String name, Map<String, T> known) {
    T strategy = known.get(name);
    if (strategy == null) {
      throw Failure.operator(
          "Invalid kind of source: '%s' cannot be '%s'.%s Known: %s",
          key, name, Nearest.hint(name, known.keySet()), String.join(", ", known.keySet()));
    }
    return strategy;
  }
}
