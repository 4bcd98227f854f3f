package costlake.telemetry.k8s;

import costlake.telemetry.prometheus.HoursFamily;
import costlake.telemetry.prometheus.MetricFiles;
import costlake.telemetry.prometheus.ResponseOpener;
import java.util.List;

/** The hours of nodes, accelerators and pods of Kubernetes clusters. */
public final class KubernetesFamily extends HoursFamily<HoursOfDay> {
  /** Metrics of the embedded lists of devices. */
  private static final class Embedded {
    static final MetricFiles METRICS = KubernetesMetrics.of(DeviceProfiles.embedded());
  }

  /** Creates the family. */
  public KubernetesFamily() {
    super(
        "bronze__k8s",
        List.of(KubernetesRelation.values()),
        KubernetesRelation.FINDINGS,
        (range, sink) ->
            range.read(
                Embedded.METRICS,
                ResponseOpener::open,
                (day, samples) -> sink.day(day, HoursOfDay.of(samples))));
  }

  @Override
  public String name() {
    return "kubernetes";
  }

  @Override
  public MetricFiles metrics() {
    return Embedded.METRICS;
  }
}
