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
 * Computes small views that several models read once a night. A model waits for the tables that its
 * views read, so all readers of a view get the same rows.
 */
final class HeldViews {
  /**
   * A view and the partitions that it reads of each relation behind it; relations without
   * partitions are read as a whole.
   */
  private record Key(RelationName view, Map<RelationName, Partitions> behind) {}

  private final Graph graph;
  private final NightStage night;
  private final Map<Key, Once> held = new ConcurrentHashMap<>();

  HeldViews(Graph graph, NightStage night) {
    this.graph = graph;
    this.night = night;
  }

  /**
   * The rows of a view, from memory if they are few and more than one model reads them.
   *
   * @param needed the partitions that are read of a relation
   * @param made the query for its rows
   */
  Dataset<Row> rows(
      Model view, Function<RelationName, Partitions> needed, Supplier<Dataset<Row>> made) {
    if (graph.readers(view.name()).size() < 2) {
      return made.get();
    }
    Map<RelationName, Partitions> behind = new TreeMap<>();
    collect(view, needed, behind);
    return held.computeIfAbsent(new Key(view.name(), behind), key -> new Once(view)).rows(made);
  }

  /** Computes the rows for the first reader; others wait for them. */
  private final class Once {
    private final Model view;
    private boolean isComputed;
    private Optional<Dataset<Row>> rows = Optional.empty();

    Once(Model view) {
      this.view = view;
    }

    synchronized Dataset<Row> rows(Supplier<Dataset<Row>> made) {
      if (isComputed) {
        return rows.orElseGet(made);
      }
      Dataset<Row> query = made.get();
      rows = night.hold(view.name().toString(), query);
      isComputed = true;
      return rows.orElse(query);
    }
  }

  private void collect(
      Model model,
      Function<RelationName, Partitions> needed,
      Map<RelationName, Partitions> behind) {
    for (RelationName name : model.models()) {
      if (graph.model(name).stored()) {
        behind.put(name, needed.apply(name));
      } else {
        collect(graph.model(name), needed, behind);
      }
    }
    for (RelationName name : model.inputs()) {
      Input input = graph.input(name);
      behind.put(name, input.day() == null ? Partitions.ALL : needed.apply(name));
    }
  }
}
