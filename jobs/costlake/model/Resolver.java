package costlake.model;

/** Maps a relation to its name in Spark. */
@FunctionalInterface
public interface Resolver {
  /** Relations are known by the names of their temporary views. */
  Resolver VIEWS = RelationName::view;

  /** The name to put into the SQL. */
  String name(RelationName relation);
}
