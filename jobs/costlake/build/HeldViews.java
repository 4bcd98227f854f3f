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

/**
 * If several models read a small view, computes the view once in a night and keeps its rows in
 * memory. A model is built after the tables that its views read, so all readers of a view get the
 * same rows.
 */
final class HeldViews {
  /**
   * A view, and the partitions that it reads of each stored model and input. Relations without
   * partitions are read as a whole.
   */
  private record Key(RelationName view, Map<RelationName, Partitions> partitionsRead) {}

  private final Graph graph;
  private final NightStage night;
  private final Map<Key, Once> held = new ConcurrentHashMap<>();

  HeldViews(Graph graph, NightStage night) {
    this.graph = graph;
    this.night = night;
  }

  /**
   * Returns the rows of a view: from memory if they are few and several models read the view.
   *
   * @param needed returns the partitions of a relation that the view needs
   * @param query returns the query of the view
   */
  Dataset<Row> rows(
      Model view, Function<RelationName, Partitions> needed, Supplier<Dataset<Row>> query) {
    if (graph.readers(view.name()).size() < 2) {
      return query.get();
    }
    Map<RelationName, Partitions> partitionsRead = new TreeMap<>();
    collect(view, needed, partitionsRead);
    return held.computeIfAbsent(new Key(view.name(), partitionsRead), key -> new Once(view))
        .rows(query);
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
