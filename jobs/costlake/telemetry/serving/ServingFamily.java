package costlake.telemetry.serving;

import costlake.config.Source;
import costlake.core.Delivery;
import costlake.telemetry.prometheus.HoursFamily;
import costlake.telemetry.prometheus.MetricFiles;
import costlake.telemetry.prometheus.ResponseOpener;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** The hours of engines that serve models. */
public final class ServingFamily extends HoursFamily<ServingHours> {
  /** Metrics of sources that name no labels. */
  private static final class Embedded {
    static final MetricFiles METRICS = Engines.embedded().metrics(Map.of());
  }

  /** Creates the family. */
  public ServingFamily() {
    super(
        "bronze__serving",
        List.of(ServingRelation.values()),
        ServingRelation.FINDINGS,
        (range, sink) -> {
          MetricFiles metrics = Engines.embedded().metrics(range.labels());
          range.read(
              metrics,
              ResponseOpener::open,
              (day, samples) -> sink.day(day, ServingHours.of(samples, metrics)));
        });
  }

  @Override
  public String name() {
    return "serving";
  }

  @Override
  public MetricFiles metrics() {
    return Embedded.METRICS;
  }

  @Override
  public Set<LocalDate> changedDays(
      Collection<Source> sources, List<Delivery> before, List<Delivery> after) {
    check(sources);
    return super.changedDays(sources, before, after);
  }

  @Override
  public void register(
      SparkSession spark, Collection<Source> sources, List<Delivery> current, Set<LocalDate> days) {
    check(sources);
    super.register(spark, sources, current, days);
  }

  private static void check(Collection<Source> sources) {
    sources.forEach(source -> Engines.check(source.id(), source.columns()));
  }
}
