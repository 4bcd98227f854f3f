package costlake.build;

import static costlake.model.Contract.By.MONTH;

import costlake.model.Contract;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.Reference;
import costlake.model.RelationName;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * The partitions of each model that a night builds. Changes propagate along the references: a
 * changed day of an upstream relation affects the same day of the models that read it, or the days
 * that their contracts name.
 */
final class BuildPlan {
  private final Graph graph;
  private final Changes changes;
  private final Map<RelationName, Partitions> changed = new ConcurrentHashMap<>();

  BuildPlan(Graph graph, Changes changes) {
    this.graph = graph;
    this.changes = changes;
  }

  /** Records the partitions of a built model that differ from the published partitions. */
  void built(Model model, Partitions differing) {
    changed.put(model.name(), differing);
  }

  /** Returns the changed partitions of a relation. */
  Partitions changed(RelationName relation) {
    if (graph.isModel(relation)) {
      return changed.getOrDefault(relation, Partitions.NONE);
    }
    if (changes.everything() || changes.whole().contains(relation)) {
      return Partitions.ALL;
    }
    return Partitions.of(changes.days().getOrDefault(relation, Set.of()));
  }

  /**
   * Returns the partitions of a stored model whose contract is checked: those that differ, and all
   * if the model changed, because it may promise more than before.
   */
  Partitions audited(RelationName model) {
    return changes.models().contains(model) ? Partitions.ALL : changed(model);
  }

  /**
   * Returns the partitions of a stored model that must be built.
   *
   * @param affected runs the query {@code affected} of a contract: returns the partitions to build
   *     for the changed days
   */
  Partitions toBuild(Model model, BiFunction<Model, Set<LocalDate>, Set<LocalDate>> affected) {
    if (changes.changesWholly(graph.partsOf(model))) {
      return Partitions.ALL;
    }
    Contract.By to = model.contract().partition().by();
    Set<RelationName> read = readByAffected(model);
    Partitions build = Partitions.NONE;
    Partitions touching = Partitions.NONE;
    for (Map.Entry<RelationName, Part> leaf : leaves(model).entrySet()) {
      Partitions differing = changed(leaf.getKey());
      if (differing.isNone()) {
        continue;
      }
      boolean isRead = read.contains(leaf.getKey());
      if (isRead) {
        touching = touching.and(differing);
      }
      if (!isRead || leaf.getValue().monthsBefore() > 0) {
        build = build.and(reach(differing, by(leaf.getKey()), to, leaf.getValue()));
      }
    }
    if (touching.isNone()) {
      return build;
    }
    return touching.days().isEmpty()
        ? Partitions.ALL
        : build.and(Partitions.of(affected.apply(model, touching.days().get())));
  }

  private static Partitions reach(
      Partitions differing, Contract.By from, Contract.By to, Part part) {
    Partitions same =
        switch (part.window()) {
          case ALL -> Partitions.ALL;
          case MONTH ->
              from == Contract.By.DAY
                  ? differing.daysOfMonths().as(from, to)
                  : differing.as(from, to);
          case DAY -> differing.as(from, to);
        };
    return part.monthsBefore() == 0
        ? same
        : same.withMonthsAfter(part.monthsBefore()).as(MONTH, to);
  }

  /** Returns the partitions of a relation that are needed to build these partitions of a model. */
  Partitions needed(Model model, Partitions build, RelationName relation) {
    Part part = leaves(model).getOrDefault(relation, Part.SAME_DAY);
    Contract.By own = model.contract().partition().by();
    if (build.days().isEmpty()
        || part.window() == Contract.Window.ALL
        || own == Contract.By.WHOLE) {
      return Partitions.ALL;
    }
    if (part.monthsBefore() > 0) {
      return build.withMonthsBefore(part.monthsBefore()).as(MONTH, by(relation));
    }
    Partitions days =
        own == MONTH || part.window() == Contract.Window.MONTH ? build.daysOfMonths() : build;
    return days.as(Contract.By.DAY, by(relation));
  }

  private static Set<RelationName> readByAffected(Model model) {
    Set<RelationName> read = new TreeSet<>();
    if (model.affected() != null) {
      for (Reference reference : model.references()) {
        if (reference.origin().file().endsWith(".yml")) {
          read.add(reference.target());
        }
      }
    }
    return read;
  }

  /**
   * Returns the stored models and inputs that a model reads, directly or through views, each with
   * the largest part that it needs.
   */
  private Map<RelationName, Part> leaves(Model model) {
    Map<RelationName, Part> leaves = new TreeMap<>();
    collect(model, Part.SAME_DAY, leaves);
    return leaves;
  }

  private void collect(Model model, Part inherited, Map<RelationName, Part> leaves) {
    for (Reference reference : model.references()) {
      RelationName target = reference.target();
      Part part = inherited.through(model.contract(), target.toString());
      if (graph.isModel(target) && !graph.model(target).stored()) {
        collect(graph.model(target), part, leaves);
      } else {
        leaves.merge(target, part, Part::and);
      }
    }
  }

  private Contract.By by(RelationName relation) {
    if (graph.isModel(relation)) {
      return graph.model(relation).contract().partition().by();
    }
    boolean byDay = changes.days().containsKey(relation) || graph.input(relation).day() != null;
    return byDay ? Contract.By.DAY : Contract.By.WHOLE;
  }
}
