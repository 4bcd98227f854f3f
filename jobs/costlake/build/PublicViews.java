package costlake.build;

import costlake.config.Config;
import costlake.model.Contract;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.RelationName;
import costlake.model.Resolver;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** Models that are not stored, but that readers of the lake can query like tables. */
public final class PublicViews {
  private final Graph graph;
  private final Set<RelationName> needed = new TreeSet<>();

  /**
   * Selects public views and the tables that they read.
   *
   * @param wanted condition on the names of the views, e.g. {@code focus.cost_and_usage_v1_2}
   */
  public PublicViews(Graph graph, Predicate<String> wanted) {
    this.graph = graph;
    graph.order().stream()
        .filter(PublicViews::isPublic)
        .filter(model -> wanted.test(model.name().toString()))
        .forEach(this::need);
  }

  /** Returns the names of all public views, with their namespaces. */
  public static Stream<String> names(Graph graph) {
    return graph.order().stream().filter(PublicViews::isPublic).map(m -> m.name().toString());
  }

  private void need(Model model) {
    needed.add(model.name());
    if (isPublic(model)) {
      model.models().forEach(name -> need(graph.model(name)));
      model.inputs().stream().filter(PublicViews::isTable).forEach(needed::add);
    }
  }

  private static boolean isPublic(Model model) {
    return model.contract().materialized() == Contract.Materialized.PUBLIC_VIEW;
  }

  /** Whether an input is a table that runs of the program append to. */
  private static boolean isTable(RelationName input) {
    return input.namespace().equals("ops");
  }

  /** Whether this table is a selected view, or a selected view reads it. */
  public boolean reads(String table) {
    return needed.contains(RelationName.parse(table));
  }

  /**
   * Registers the selected views in the session, except the views whose tables are not published
   * yet. The views contain the rows of the reference lists that they read.
   */
  public void register(SparkSession spark, Config config) {
    Map<RelationName, String> lists = new HashMap<>();
    Resolver names =
        relation ->
            relation.namespace().equals("reference")
                ? lists.computeIfAbsent(
                    relation, list -> ConfigurationViews.query(config, graph, list))
                : inSession(relation);
    views()
        .filter(model -> reads(model).allMatch(name -> isThere(spark, name)))
        .forEach(
            model ->
                spark.sql(
                    "create or replace view %s as %s"
                        .formatted(inSession(model.name()), model.render(names))));
  }

  private Stream<Model> views() {
    return graph.order().stream()
        .filter(PublicViews::isPublic)
        .filter(model -> needed.contains(model.name()));
  }

  private static Stream<RelationName> reads(Model model) {
    return Stream.concat(
        model.models().stream(), model.inputs().stream().filter(PublicViews::isTable));
  }

  private static boolean isThere(SparkSession spark, RelationName name) {
    return spark.catalog().tableExists(inSession(name));
  }

  private static String inSession(RelationName relation) {
    return "spark_catalog." + relation;
  }
}
