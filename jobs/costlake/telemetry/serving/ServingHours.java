package costlake.telemetry.serving;

import costlake.telemetry.prometheus.MetricFiles;
import costlake.telemetry.series.Finding;
import costlake.telemetry.series.MeasuredDay;
import costlake.telemetry.series.MeasuredDay.ObjectSeries;
import costlake.telemetry.series.MeasurementFindings;
import costlake.telemetry.series.Subject;
import costlake.telemetry.series.UtcHours;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the engines of one source served in each hour of a day, with findings. */
record ServingHours(List<ServingHour> hours, List<Finding> findings) {
  /** Figures of one pod and model by measure and hour. */
  private record Served(String engine, Map<ServingMeasure, @Nullable BigDecimal[]> figures) {
    @Nullable BigDecimal figure(ServingMeasure measure, int hour) {
      @Nullable BigDecimal[] hours = figures.get(measure);
      return hours == null ? null : hours[hour];
    }
  }

  static ServingHours of(MeasuredDay day, MetricFiles metrics) {
    MeasurementFindings findings = new MeasurementFindings(day.start());
    Map<Subject, Served> served = new TreeMap<>();
    metrics.all().stream()
        .map(metric -> (ServingQuantity) metric.quantity())
        .forEach(
            quantity ->
                day.seriesBySubject(quantity)
                    .forEach(
                        (subject, series) ->
                            add(day, quantity.engine(), subject, series, served, findings)));
    served.forEach((subject, figures) -> limitCached(subject, figures, findings));
    findings.addNegatives(day.own().negatives());
    List<ServingHour> hours = new ArrayList<>();
    served.forEach((subject, figures) -> hours.addAll(hours(subject, figures)));
    return new ServingHours(List.copyOf(hours), findings.sorted());
  }

  /**
   * Adds the figures of an engine. An engine that runs in another shows its requests twice, so the
   * figures of an earlier engine count.
   */
  private static void add(
      MeasuredDay day,
      Engine engine,
      Subject subject,
      ObjectSeries series,
      Map<Subject, Served> served,
      MeasurementFindings findings) {
    if (subject.name(0).isEmpty()) {
      findings.add(
          null,
          engine.name() + subject,
          "series without a label of the endpoint count for the endpoint '%s'"
              .formatted(ServingHour.UNKNOWN),
          null,
          null);
    }
    Counters counters = new Counters(day.start(), series);
    Served own =
        served.computeIfAbsent(
            subject, any -> new Served(engine.name(), new EnumMap<>(ServingMeasure.class)));
    for (EngineMetric metric : engine.metrics()) {
      own.figures().merge(metric.measure(), counters.figures(metric), ServingHours::first);
    }
    new CounterFaults(day.start(), subject.toString(), series, findings).find(engine);
  }

  private static @Nullable BigDecimal[] first(
      @Nullable BigDecimal[] figures, @Nullable BigDecimal[] others) {
    @Nullable BigDecimal[] first = figures.clone();
    for (int hour = 0; hour < UtcHours.PER_DAY; hour++) {
      first[hour] = first[hour] == null ? others[hour] : first[hour];
    }
    return first;
  }

  private static void limitCached(Subject subject, Served served, MeasurementFindings findings) {
    for (int hour = 0; hour < UtcHours.PER_DAY; hour++) {
      BigDecimal input = served.figure(ServingMeasure.INPUT_TOKENS, hour);
      BigDecimal cached = served.figure(ServingMeasure.CACHED_INPUT_TOKENS, hour);
      if (input != null && cached != null && cached.compareTo(input) > 0) {
        Objects.requireNonNull(served.figures().get(ServingMeasure.CACHED_INPUT_TOKENS))[hour] =
            input;
        findings.add(
            hour, subject.toString(), "cached tokens above the tokens of prompts", cached, input);
      }
    }
  }

  private static List<ServingHour> hours(Subject subject, Served served) {
    List<ServingHour> hours = new ArrayList<>();
    for (int hour = 0; hour < UtcHours.PER_DAY; hour++) {
      Map<ServingMeasure, BigDecimal> figures = new EnumMap<>(ServingMeasure.class);
      for (ServingMeasure measure : ServingMeasure.values()) {
        BigDecimal figure = served.figure(measure, hour);
        if (figure != null) {
          figures.put(measure, figure);
        }
      }
      if (!figures.isEmpty()) {
        hours.add(new ServingHour(hour, subject, served.engine(), figures));
      }
    }
    return hours;
  }
}
