package costlake.telemetry;

import costlake.config.Config;
import costlake.config.Source;
import costlake.config.SourceKind;
import costlake.core.Delivery;
import costlake.core.Failure;
import costlake.core.Reject;
import costlake.telemetry.k8s.KubernetesFamily;
import costlake.telemetry.prometheus.Metric;
import costlake.telemetry.prometheus.SeriesFamily;
import costlake.telemetry.serving.ServingFamily;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;

/** The families of telemetry that make hours of series. */
public final class Telemetry {
  private static final List<SeriesFamily> FAMILIES =
      List.of(new KubernetesFamily(), new ServingFamily());

  private Telemetry() {}

  /**
   * Registers the relations of all families as temporary views.
   *
   * @param current the current deliveries of all sources; uses only those of telemetry
   * @param days days of the views; days that were not delivered have no rows
   */
  public static void register(
      SparkSession spark, Config config, List<Delivery> current, Set<LocalDate> days) {
    FAMILIES.forEach(family -> family.register(spark, sources(config, family), current, days));
  }

  /**
   * Returns, for each relation of a family, the days on which it differs between two sets of
   * deliveries.
   */
  public static Map<String, Set<LocalDate>> changedDays(
      Config config, List<Delivery> before, List<Delivery> after) {
    Map<String, Set<LocalDate>> changed = new HashMap<>();
    for (SeriesFamily family : FAMILIES) {
      Set<LocalDate> days =
          before.equals(after)
              ? Set.of()
              : family.changedDays(sources(config, family), before, after);
      family.relations().forEach(relation -> changed.put(relation, days));
    }
    return changed;
  }

  /** Returns the relations of the families of a kind of source. */
  public static Set<String> relations(SourceKind kind) {
    return families(kind).stream()
        .flatMap(family -> family.relations().stream())
        .collect(Collectors.toSet());
  }

  /**
   * Returns the faults in the measurements of the registered days as rows for {@code ops.rejects}.
   *
   * @param limit maximum number of findings of each family
   */
  public static List<Reject> findings(SparkSession spark, int limit) {
    return FAMILIES.stream().flatMap(family -> family.findings(spark, limit).stream()).toList();
  }

  /** Whether a family of the kind reads a file of this name. */
  public static boolean isRead(SourceKind kind, String name) {
    return families(kind).stream().anyMatch(family -> family.metrics().ofFile(name).isPresent());
  }

  /** Returns the metrics that the families of a kind read, in the order of their queries. */
  public static List<Metric> metrics(SourceKind kind) {
    return families(kind).stream().flatMap(family -> family.metrics().all().stream()).toList();
  }

  /**
   * Returns the families that a kind names.
   *
   * @throws Failure with exit code 2 if there is no family of a name
   */
  private static List<SeriesFamily> families(SourceKind kind) {
    return kind.series().stream()
        .map(
            name ->
                FAMILIES.stream()
                    .filter(family -> family.name().equals(name))
                    .findFirst()
                    .orElseThrow(
                        () ->
                            Failure.operator(
                                "Invalid kind of source %s: 'series' cannot be '%s'. Known: %s",
                                kind.id(),
                                name,
                                FAMILIES.stream()
                                    .map(SeriesFamily::name)
                                    .collect(Collectors.joining(", ")))))
        .toList();
  }

  private static List<Source> sources(Config config, SeriesFamily family) {
    return config.everySource().stream()
        .filter(source -> families(source.sourceKind()).contains(family))
        .toList();
  }
}
