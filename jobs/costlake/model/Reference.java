package costlake.model;

import costlake.config.Origin;

/** A mention of another relation in a template. */
public record Reference(Kind kind, RelationName target, Origin origin) {
  /** The kind of reference. */
  public enum Kind {
    /** A model. */
    REF,
    /** An input. */
    SOURCE
  }
}
