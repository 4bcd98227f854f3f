package costlake.night;

import costlake.config.ConfTables;
import costlake.config.SourceKinds;
import costlake.core.BillingPeriod;
import costlake.core.Delivery;
import costlake.model.Graph;
import costlake.model.RelationName;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What can have moved money of the allocation: the deliveries, rules and models that differ from
 * those of the last publication, and that the allocation is computed from. If several can have
 * moved the same money, the reason names all of them.
 */
final class ChangeReasons {
  private static final int MODELS_NAMED = 3;
  private static final String FIRST = "first publication";

  private final NightDeliveries deliveries;
  private final Set<String> reconfigured;
  private final Set<RelationName> upstream;
  private final boolean isFirst;
  private final Set<String> rules = new TreeSet<>();

  ChangeReasons(NightChanges changes, Graph graph) {
    NightFacts facts = changes.facts();
    this.deliveries = changes.deliveries();
    this.reconfigured = changes.reconfigured();
    this.upstream = graph.upstream(MoneyChanges.ALLOCATED);
    this.isFirst = facts.known().isEmpty();
    facts.inputs().stream().filter(upstream::contains).map(ChangeReasons::rule).forEach(rules::add);
    models(facts.models(graph).stream().filter(upstream::contains).toList());
    SourceKinds.all().stream()
        .filter(facts::differs)
        .forEach(kind -> rules.add("other reading of " + kind.id()));
    if (facts.isFirstOfCode()) {
      rules.add("another version of Costlake");
    }
  }

  private void models(List<RelationName> changed) {
    String names =
        changed.stream().limit(MODELS_NAMED).map(Object::toString).collect(Collectors.joining(" "));
    int more = changed.size() - MODELS_NAMED;
    if (!changed.isEmpty()) {
      rules.add("changed models " + names + (more > 0 ? " and %d more".formatted(more) : ""));
    }
  }

  /** Names the place where the operator changes an input. */
  private static String rule(RelationName input) {
    return switch (input.namespace()) {
      case "conf" ->
          "changed %s in %s"
              .formatted(input.name().replace('_', ' '), ConfTables.file(input.toString()));
      case "reference" -> "changed list " + ConfTables.file(input.toString());
      default -> "closed or re-opened months";
    };
  }

  /**
   * Returns why money differs.
   *
   * @param source source of the charges
   * @param isDirect whether it is direct cost. Other cost is spread by the money of teams, so that
   *     the bill of another source can move it
   */
  String of(LocalDate month, String source, boolean isDirect) {
    if (isFirst) {
      return FIRST;
    }
    Set<String> found = new TreeSet<>(rules);
    found.addAll(ofSource(source, d -> isOf(month, d)));
    found.addAll(arrivals(d -> !NightDeliveries.isBill(d) && isRead(d) && isOf(month, d)));
    if (!isDirect) {
      found.addAll(arrivals(d -> NightDeliveries.isBill(d) && isOf(month, d)));
    }
    if (found.isEmpty()) {
      found.addAll(ofSource(source, any -> true));
    }
    return String.join(", ", found.isEmpty() ? arrivals(any -> true) : found);
  }

  private Set<String> ofSource(String source, Predicate<Delivery> wanted) {
    Set<String> found = arrivals(d -> d.sourceId().equals(source) && wanted.test(d));
    if (reconfigured.contains(source)) {
      found.add("other settings of " + source);
    }
    return found;
  }

  /** Names the sources with deliveries that are new or removed. */
  private Set<String> arrivals(Predicate<Delivery> wanted) {
    Set<String> found = new TreeSet<>();
    deliveries.landed().stream()
        .filter(wanted)
        .forEach(d -> found.add("new delivery of " + d.sourceId()));
    deliveries.removed().stream()
        .filter(wanted)
        .forEach(d -> found.add("removed source " + d.sourceId()));
    return found;
  }

  private static boolean isOf(LocalDate month, Delivery delivery) {
    return delivery.billingPeriod().equals(Delivery.ALL_PERIODS)
        || BillingPeriod.of(delivery.billingPeriod()).equals(BillingPeriod.of(month));
  }

  /** Whether the allocation reads deliveries like this one. */
  private boolean isRead(Delivery delivery) {
    Collection<RelationName> relations =
        NightChanges.relations(SourceKinds.of(delivery.kind())).toList();
    return !Collections.disjoint(upstream, relations);
  }
}
