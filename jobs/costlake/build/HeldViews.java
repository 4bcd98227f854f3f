package costlake.build;

import costlake.lake.NightStage;
import costlake.model.Graph;
import costlake.model.Input;
import costlake.model.Model;
import costlake.model.RelationName;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * If several models read a small view, or a small view reads many relations, computes the view once
 * in a night and keeps its rows in memory. A model is built after the tables that its views read,
 * so all readers of a view get the same rows.
 */
final class HeldViews {
  /**
   * A view, and the partitions that it reads of each stored model and input. Relations without
   * partitions are read as a whole.
   */
  private record Key(RelationName view, Map<RelationName, Partitions> partitionsRead) {}

  /** A view that reads this many relations is computed before its reader. */
  private static final int MANY_RELATIONS = 10;

  private final Graph graph;
  private final NightStage night;
  private final WideQueries wide;
  private final Map<Key, Once> held = new ConcurrentHashMap<>();

  HeldViews(SparkSession spark, Graph graph, NightStage night) {
    this.graph = graph;
    this.night = night;
    this.wide = new WideQueries(spark, night::hold);
  }

  /**
   * Returns the rows of a view: from memory if they are few, and several models read the view or it
   * reads many relations.
   *
   * @param needed returns the partitions of a relation that the view needs
   * @param query returns the query of the view
   */
  Dataset<Row> rows(
      Model view, Function<RelationName, Partitions> needed, Supplier<Dataset<Row>> query) {
    if (!isShared(graph, view)) {
      return ofOneReader(view, query.get());
    }
    Map<RelationName, Partitions> partitionsRead = new TreeMap<>();
    collect(view, needed, partitionsRead);
    return held.computeIfAbsent(new Key(view.name(), partitionsRead), key -> new Once(view))
        .rows(query);
  }

  private Dataset<Row> ofOneReader(Model view, Dataset<Row> rows) {
    return isHeld(graph, view, rows) ? night.hold(view.name().toString(), rows).orElse(rows) : rows;
  }

  /** Whether the rows of a view are kept in memory if they are few. */
  static boolean isHeld(Graph graph, Model view, Dataset<Row> rows) {
    return isShared(graph, view) || WideQueries.relations(rows) >= MANY_RELATIONS;
  }

  /** Whether several models read a view. */
  private static boolean isShared(Graph graph, Model view) {
    return graph.readers(view.name()).size() > 1;
  }

  /** Returns a plan of a model with the same rows, whose parts are in memory if it is wide. */
  LogicalPlan narrowed(Model model, LogicalPlan plan) {
    return wide.narrowed(model.name().toString(), plan);
  }

  /** Computes the rows of a view for its first reader. Other readers wait for these rows. */
  private final class Once {
    private final Model view;
    private boolean isComputed;
    private Optional<Dataset<Row>> rows = Optional.empty();

    Once(Model view) {
      this.view = view;
    }

    synchronized Dataset<Row> rows(Supplier<Dataset<Row>> query) {
      if (isComputed) {
        return rows.orElseGet(query);
      }
      Dataset<Row> uncached = query.get();
      rows = night.hold(view.name().toString(), uncached);
      isComputed = true;
      return rows.orElse(uncached);
    }
  }

  private void collect(
      Model model,
      Function<RelationName, Partitions> needed,
      Map<RelationName, Partitions> partitionsRead) {
    for (RelationName name : model.models()) {
      if (graph.model(name).stored()) {
        partitionsRead.put(name, needed.apply(name));
      } else {
        collect(graph.model(name), needed, partitionsRead);
      }
    }
    for (RelationName name : model.inputs()) {
      Input input = graph.input(name);
      partitionsRead.put(name, input.day() == null ? Partitions.ALL : needed.apply(name));
    }
  }
}
