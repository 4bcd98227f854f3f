package costlake.build;

import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.RelationName;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Changes of each relation since the last publication.
 *
 * @param everything whether all models are built completely: in the first night
 * @param days for each input that changes by day, the days whose rows differ
 * @param whole other inputs that changed
 * @param models models whose query, types or windows changed, views included
 * @param carried sources whose published rows are kept by the models that carry rows over
 */
public record Changes(
    boolean everything,
    Map<RelationName, Set<LocalDate>> days,
    Set<RelationName> whole,
    Set<RelationName> models,
    Set<String> carried) {
  public Changes {
    days = Map.copyOf(days);
    whole = Set.copyOf(whole);
    models = Set.copyOf(models);
    carried = Set.copyOf(carried);
  }

  /** Returns changes for which a night builds everything. */
  public static Changes all() {
    return new Changes(true, Map.of(), Set.of(), Set.of(), Set.of());
  }

  /** Returns changes of inputs and models, without carried sources. */
  public static Changes of(
      Map<RelationName, Set<LocalDate>> days, Set<RelationName> whole, Set<RelationName> models) {
    return new Changes(false, days, whole, models, Set.of());
  }

  /** Returns the same changes for a night that keeps the published rows of these sources. */
  public Changes carrying(Set<String> sources) {
    return new Changes(everything, days, whole, models, sources);
  }

  /** Whether nothing changed. */
  public boolean isEmpty() {
    return !everything
        && whole.isEmpty()
        && models.isEmpty()
        && days.values().stream().allMatch(Set::isEmpty);
  }

  /** Whether one of these models changed, or one of these inputs on all days. */
  public boolean changesWholly(Set<RelationName> relations) {
    return everything
        || relations.stream().anyMatch(name -> models.contains(name) || whole.contains(name));
  }

  /**
   * Returns the inputs that a night reads completely, because it builds a model that reads them
   * completely.
   */
  public Set<RelationName> readWholly(Graph graph) {
    Set<RelationName> read = new TreeSet<>();
    graph.order().stream()
        .filter(Model::stored)
        .map(graph::partsOf)
        .filter(this::changesWholly)
        .forEach(read::addAll);
    read.retainAll(graph.inputs().keySet());
    return read;
  }
}
