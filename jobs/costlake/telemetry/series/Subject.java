package costlake.telemetry.series;

import java.util.Comparator;
import java.util.List;

/** The measured object of a series: e.g. a node or a device. An empty name means unknown. */
public record Subject(List<String> names) implements Comparable<Subject> {
  /** Creates a subject with these names. */
  public Subject(String... names) {
    this(List.of(names));
  }

  /** One of the names, from 0. */
  public String name(int i) {
    return names.get(i);
  }

  @Override
  public int compareTo(Subject other) {
    for (int i = 0; i < Math.min(names.size(), other.names.size()); i++) {
      int order = names.get(i).compareTo(other.names.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Comparator.<Integer>naturalOrder().compare(names.size(), other.names.size());
  }

  @Override
  public String toString() {
    return String.join("/", names.stream().filter(name -> !name.isEmpty()).toList());
  }
}
