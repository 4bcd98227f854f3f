package costlake.report;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Whole names of which paper printed a part, in the order of the pages. */
final class CutNames {
  private final Set<String> names = new LinkedHashSet<>();

  void add(String name) {
    names.add(name);
  }

  /** Returns the names, and forgets them, so that each part of a document states its own. */
  public List<String> take() {
    List<String> taken = List.copyOf(names);
    names.clear();
    return taken;
  }
}
