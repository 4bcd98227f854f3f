package costlake.config;

import costlake.core.Failure;
import costlake.core.Plural;
import java.util.ArrayList;
import java.util.List;

/** Collects all problems of a configuration, so that one message can report all of them. */
final class Problems {
  private final List<String> found = new ArrayList<>();

  void add(Origin where, String what) {
    found.add(where + ": " + what);
  }

  List<String> found() {
    return List.copyOf(found);
  }

  void throwIfAny() {
    if (!found.isEmpty()) {
      throw Failure.operator(
          "Invalid configuration, %s:\n  %s",
          Plural.of(found.size(), "problem", "problems"), String.join("\n  ", found));
    }
  }
}
