package costlake.lake;

/** Namespace and name of a table, e.g. {@code focus.cost_and_usage}. */
public record TableName(String namespace, String name) implements Comparable<TableName> {
  public TableName {
    if (!namespace.matches("[a-z][a-z0-9_]*") || !name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException("Invalid table name '" + namespace + "." + name + "'");
    }
  }

  /** Reads {@code namespace.name}. */
  public static TableName parse(String text) {
    int dot = text.indexOf('.');
    return new TableName(text.substring(0, Math.max(0, dot)), text.substring(dot + 1));
  }

  @Override
  public int compareTo(TableName other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return namespace + "." + name;
  }
}
