package costlake.model;

import costlake.config.Origin;

/** One mention of another relation. */
public record Reference(Kind kind, RelationName target, Origin origin) {
  /** The kind of reference. */
  public enum Kind {
    /** Another model. */
    REF,
    /** An input. */
    SOURCE
  }
}
