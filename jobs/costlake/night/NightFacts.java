package costlake.night;

import costlake.build.ConfigurationViews;
import costlake.build.ModelDigests;
import costlake.close.ClosedMonths;
import costlake.config.Config;
import costlake.config.Source;
import costlake.config.SourceKind;
import costlake.config.SourceRelation;
import costlake.core.Delivery;
import costlake.core.Sha256;
import costlake.lake.NightStage;
import costlake.lake.Publication;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.RelationName;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Digests of everything besides deliveries that decides the rows of a night: inputs from the
 * configuration (by name), models, kinds and sources. What the last night did not know is no
 * change, because it cannot have read it; a new table is the exception.
 *
 * @param now digests of this night; the next night compares them
 * @param known digests of the published night
 */
record NightFacts(Map<String, String> now, Map<String, String> known) {
  private static final String MODEL = "model ";
  private static final String KIND = "kind ";
  private static final String SOURCE = "source ";

  NightFacts {
    now = Map.copyOf(now);
    known = Map.copyOf(known);
  }

  /**
   * Computes the digests.
   *
   * @param kinds the kinds of sources that the night plans
   * @param graph the models of these kinds
   * @param current the deliveries that count
   */
  static NightFacts of(
      Config config,
      List<SourceKind> kinds,
      Graph graph,
      NightStage night,
      List<Delivery> current) {
    Map<String, String> known = night.before().map(Publication::facts).orElse(Map.of());
    Map<String, String> now = new TreeMap<>(ConfigurationViews.digests(config, graph));
    now.putAll(ClosedMonths.digests(night.closes()));
    ModelDigests.of(graph).forEach((model, digest) -> now.put(MODEL + model, digest));
    kinds.forEach(kind -> now.put(KIND + kind.id(), digest(kind)));
    current.forEach(delivery -> keep(known, SOURCE + delivery.sourceId(), now));
    config.everySource().forEach(source -> now.put(SOURCE + source.id(), digest(config, source)));
    return new NightFacts(now, known);
  }

  /** Keeps what is known of a source that may no longer be configured. */
  private static void keep(Map<String, String> known, String fact, Map<String, String> now) {
    String digest = known.get(fact);
    if (digest != null) {
      now.put(fact, digest);
    }
  }

  private static String digest(SourceKind kind) {
    return Sha256.hex(
        Stream.concat(
                Stream.of(String.valueOf(kind.charges()), String.valueOf(kind.costs())),
                kind.relations().stream().map(SourceRelation::howRowsAreRead))
            .collect(Collectors.joining("\n")));
  }

  /** Returns the digest of the settings with which rows of a source are read. */
  private static String digest(Config config, Source source) {
    return Sha256.hex(
        String.join(
            "\n",
            source.kind(),
            config.lake().nativeColumns().name(),
            String.valueOf(source.provider()),
            String.valueOf(source.focusVersion()),
            new TreeMap<>(source.columns()).toString()));
  }

  /** Whether no night has recorded the digests of its models. */
  boolean isFirst() {
    return known.keySet().stream().noneMatch(fact -> fact.startsWith(MODEL));
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
    return differs(KIND + kind.id());
  }

  /** Whether rows of this source are read with other settings than in the published night. */
  boolean differs(Source source) {
    return differs(SOURCE + source.id());
  }

  private boolean differs(String fact) {
    String before = known.get(fact);
    String after = now.get(fact);
    return before != null && after != null && !before.equals(after);
  }
}
