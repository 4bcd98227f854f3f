package costlake.model;

/**
 * One mention of another relation.
 *
 * @param line in {@code file}, from 1
 */
public record Reference(Kind kind, RelationName target, String file, int line) {
  /** The kind of reference. */
  public enum Kind {
    /** Another model. */
    REF,
    /** An input. */
    SOURCE
  }

  String where() {
    return file + ":" + line;
  }
}
