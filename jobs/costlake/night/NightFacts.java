package costlake.night;

import costlake.build.ConfigurationViews;
import costlake.build.ModelDigests;
import costlake.config.Config;
import costlake.config.ReadingFacts;
import costlake.config.SourceKind;
import costlake.config.SourceKinds;
import costlake.config.SourceSettings;
import costlake.core.Delivery;
import costlake.lake.NightStage;
import costlake.lake.Publication;
import costlake.land.RejectedRows;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.RelationName;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything besides deliveries that decides the rows of a night: digests of inputs from the
 * configuration (by name), of models and of kinds, and the settings of sources. What the last night
 * did not know is no change, because it cannot have read it; a new table is the exception.
 *
 * @param now facts of this night; the next night compares them
 * @param known facts of the published night
 */
record NightFacts(Map<String, String> now, Map<String, String> known) {
  private static final String MODEL = "model ";
  private static final String NATIVE_COLUMNS = "native columns";

  NightFacts {
    now = Map.copyOf(now);
    known = Map.copyOf(known);
  }

  /**
   * Finds the facts.
   *
   * @param config the configuration, with the settings that the last publication recorded
   * @param graph the models of the kinds of sources that the night plans
   * @param current the deliveries that count
   */
  static NightFacts of(Config config, Graph graph, NightStage night, List<Delivery> current) {
    Map<String, String> known = night.before().map(Publication::facts).orElse(Map.of());
    Map<String, String> now = new TreeMap<>(ConfigurationViews.digests(config, graph));
    now.putAll(night.decided().digests());
    now.putAll(RejectedRows.digests(current));
    ModelDigests.of(graph).forEach((model, digest) -> now.put(MODEL + model, digest));
    now.put(NATIVE_COLUMNS, config.lake().nativeColumns().name());
    Stream.concat(
            config.everySource().stream().map(source -> key(source.id(), source.kind())),
            current.stream().map(delivery -> key(delivery.sourceId(), delivery.kind())))
        .distinct()
        .forEach(source -> now.putAll(ReadingFacts.of(source, config.settings(source))));
    return new NightFacts(now, known);
  }

  private static SourceSettings.Key key(String source, String kind) {
    return new SourceSettings.Key(source, kind);
  }

  /** Whether no night with the functions and readers of this code has been published. */
  boolean isFirstOfCode() {
    return !Objects.equals(known.get(ReadingFacts.CODE), now.get(ReadingFacts.CODE));
  }

  /** Returns the models that changed, views included, and the tables that are new. */
  Set<RelationName> models(Graph graph) {
    return graph.order().stream()
        .filter(model -> differs(MODEL + model.name()) || isNewTable(model))
        .map(Model::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean isNewTable(Model model) {
    return model.stored() && !known.containsKey(MODEL + model.name());
  }

  /** Returns the inputs from the configuration that changed. */
  Set<RelationName> inputs() {
    return now.keySet().stream()
        .filter(fact -> !fact.contains(" ") && differs(fact))
        .map(RelationName::parse)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether files of this kind are read in another way than in the published night. */
  boolean differs(SourceKind kind) {
    return differs(ReadingFacts.ofKind(kind.id()));
  }

  /**
   * Returns the sources whose rows are read with other settings than in the published night. The
   * settings of a further kind do not apply to the deliveries of the earlier kind.
   */
  Set<SourceSettings.Key> reconfigured() {
    return now.keySet().stream()
        .filter(SourceSettings.Key::isFact)
        .filter(fact -> differs(fact) || (differs(NATIVE_COLUMNS) && isOfBills(fact)))
        .map(SourceSettings.Key::parse)
        .collect(Collectors.toSet());
  }

  private static boolean isOfBills(String fact) {
    return SourceKinds.of(SourceSettings.Key.parse(fact).kind()).isBill();
  }

  /**
   * Returns the deliveries that landed in an earlier night and whose rows are checked in another
   * way now, because the settings of their source, the description of their kind or the code of the
   * readers differ.
   */
  List<Delivery> toCheckAgain(NightDeliveries deliveries) {
    return deliveries.current().stream()
        .filter(delivery -> !NightDeliveries.isTelemetry(delivery))
        .filter(delivery -> !deliveries.landed().contains(delivery))
        .filter(
            delivery ->
                isFirstOfCode()
                    || reconfigures(delivery)
                    || differs(ReadingFacts.ofKind(delivery.kind())))
        .toList();
  }

  /** Whether the settings differ with which a delivery is read. */
  boolean reconfigures(Delivery delivery) {
    return differs(key(delivery.sourceId(), delivery.kind()).fact());
  }

  private boolean differs(String fact) {
    String before = known.get(fact);
    String after = now.get(fact);
    return before != null && after != null && !before.equals(after);
  }
}
