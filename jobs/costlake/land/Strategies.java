package costlake.land;

import costlake.core.Failure;
import costlake.core.Nearest;
import java.util.Map;

/** Java that the description of a kind of source asks for by name. */
final class Strategies {
  private Strategies() {}

  /**
   * The strategy of that name.
   *
   * @param key of the description that names it
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
