package costlake.model;

/** The name of a model or an input, e.g. {@code focus.cost_and_usage}. */
public record RelationName(String namespace, String name) implements Comparable<RelationName> {

  /** Parses {@code namespace.name}. */
  public static RelationName parse(String text) {
    int dot = text.indexOf('.');
    if (dot <= 0 || dot == text.length() - 1) {
      throw new IllegalArgumentException(
          "Invalid relation '" + text + "': write namespace.name, e.g. focus.cost_and_usage");
    }
    return new RelationName(text.substring(0, dot), text.substring(dot + 1));
  }

  /** Returns the name of the temporary view of the relation. */
  public String view() {
    return namespace + "__" + name;
  }

  @Override
  public int compareTo(RelationName other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return namespace + "." + name;
  }
}
