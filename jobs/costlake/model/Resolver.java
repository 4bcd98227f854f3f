package costlake.model;

/** Finds the name of a relation in Spark SQL. */
@FunctionalInterface
public interface Resolver {
  /** A resolver that returns the names of temporary views. */
  Resolver VIEWS = RelationName::view;

  /** Returns the name to write into the SQL. */
  String name(RelationName relation);
}
