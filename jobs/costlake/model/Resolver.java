package costlake.model;

/** Says under which name the engine knows a relation. */
@FunctionalInterface
public interface Resolver {
  /** Relations are known by the names of their temporary views. */
  Resolver VIEWS = RelationName::view;

  /** The name to put into the SQL. */
  String name(RelationName relation);
}
