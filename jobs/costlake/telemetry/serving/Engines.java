package costlake.telemetry.serving;

import costlake.core.Failure;
import costlake.core.Nearest;
import costlake.telemetry.prometheus.ListOfMetrics;
import costlake.telemetry.prometheus.MetricFiles;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The engines that Costlake knows, as the lists {@code serving_engines.csv} and {@code
 * serving_metrics.csv} describe them, in the order of the list.
 */
record Engines(List<Engine> list) {
  private static final String ENGINES = "serving_engines.csv";
  private static final String METRICS = "serving_metrics.csv";

  /** Lists on the class path. They are read once, because the class path does not change. */
  private static final class Embedded {
    static final Engines LISTS =
        of(ListOfMetrics.embedded(ENGINES), ListOfMetrics.embedded(METRICS));
  }

  Engines {
    list = List.copyOf(list);
  }

  static Engines embedded() {
    return Embedded.LISTS;
  }

  /**
   * Reads the lists.
   *
   * @throws Failure with exit code 2 that names the file and the line of a wrong entry
   */
  static Engines read(String engineList, String metricList) {
    return of(ListOfMetrics.read(ENGINES, engineList), ListOfMetrics.read(METRICS, metricList));
  }

  private static Engines of(ListOfMetrics engineList, ListOfMetrics metricList) {
    List<Engine> engines = new ArrayList<>();
    for (NamedCsvRecord row : engineList.rows()) {
      Engine engine = engine(row, metricList);
      if (engines.stream().anyMatch(other -> other.name().equals(engine.name()))) {
        throw engineList.wrong(row, "the engine '" + engine.name() + "' is listed twice");
      }
      engines.add(engine);
    }
    Set<String> names = engines.stream().map(Engine::name).collect(Collectors.toSet());
    for (NamedCsvRecord row : metricList.rows()) {
      if (!names.contains(row.getField("engine"))) {
        throw metricList.wrong(row, ENGINES + " has no such engine");
      }
    }
    return new Engines(engines);
  }

  private static Engine engine(NamedCsvRecord row, ListOfMetrics metricList) {
    String name = row.getField("engine");
    List<String> parts = ListOfMetrics.several(row, "parts", ' ');
    Set<ServingMeasure> known = EnumSet.noneOf(ServingMeasure.class);
    List<EngineMetric> metrics = new ArrayList<>();
    for (NamedCsvRecord metric : metricList.rows()) {
      if (metric.getField("engine").equals(name)) {
        metrics.add(metric(metric, metricList, parts));
        if (!known.add(metrics.get(metrics.size() - 1).measure())) {
          throw metricList.wrong(metric, "the engine has the measure in a line above");
        }
      }
    }
    return new Engine(
        name,
        Engine.SUBJECT.stream().collect(Collectors.toMap(Function.identity(), row::getField)),
        parts,
        metrics);
  }

  private static EngineMetric metric(
      NamedCsvRecord row, ListOfMetrics metrics, List<String> parts) {
    List<String> series =
        Stream.of(List.of(row.getField("series")), ListOfMetrics.several(row, "aliases", '|'))
            .flatMap(List::stream)
            .toList();
    List<LabelRule> rules =
        Stream.of("only", "except")
            .filter(column -> ListOfMetrics.optional(row, column) != null)
            .map(column -> rule(row, column, metrics, parts))
            .toList();
    return new EngineMetric(
        metrics.measure(row, ServingMeasure.values()), series, rules, metrics.factor(row));
  }

  private static LabelRule rule(
      NamedCsvRecord row, String column, ListOfMetrics metrics, List<String> parts) {
    String[] written = row.getField(column).split("=", 2);
    int position = parts.indexOf(written[0]);
    if (written.length < 2 || position < 0) {
      throw metrics.wrong(
          row,
          "'%s' must be LABEL=VALUE|VALUE, with a label of the column parts of %s"
              .formatted(column, ENGINES));
    }
    return new LabelRule(position, Set.of(written[1].split("\\|", -1)), column.equals("only"));
  }

  /**
   * Returns the metrics of all engines.
   *
   * @param configured labels of a source, by what they say
   */
  MetricFiles metrics(Map<String, String> configured) {
    return new MetricFiles(list.stream().map(engine -> engine.metric(configured)).toList());
  }

  /**
   * Checks the labels that a source names.
   *
   * @throws Failure with exit code 2 if a label says something else than {@link Engine#SUBJECT}
   */
  static void check(String source, Map<String, String> configured) {
    for (String what : configured.keySet()) {
      if (!Engine.SUBJECT.contains(what)) {
        throw Failure.operator(
            "Cannot use 'columns' of source '%s': no label says '%s'.%s Allowed: %s",
            source, what, Nearest.hint(what, Engine.SUBJECT), String.join(", ", Engine.SUBJECT));
      }
    }
  }
}
