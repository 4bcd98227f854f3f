package costlake.telemetry.k8s;

import costlake.core.Failure;
import costlake.telemetry.prometheus.ListOfMetrics;
import costlake.telemetry.prometheus.Metric;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The devices that Costlake knows, as the lists {@code device_profiles.csv} and {@code
 * device_metrics.csv} describe them.
 *
 * @param profiles profiles in the order of the list
 * @param metrics metrics in the order of the list
 */
record DeviceProfiles(List<DeviceProfile> profiles, List<Metric> metrics) {
  private static final String PROFILES = "device_profiles.csv";
  private static final String METRICS = "device_metrics.csv";

  /** Lists on the class path. They are read once, because the class path does not change. */
  private static final class Embedded {
    static final DeviceProfiles LISTS =
        of(ListOfMetrics.embedded(PROFILES), ListOfMetrics.embedded(METRICS));
  }

  DeviceProfiles {
    profiles = List.copyOf(profiles);
    metrics = List.copyOf(metrics);
  }

  static DeviceProfiles embedded() {
    return Embedded.LISTS;
  }

  /**
   * Reads the lists.
   *
   * @throws Failure with exit code 2 that names the file and the line of a wrong entry
   */
  static DeviceProfiles read(String profileList, String metricList) {
    return of(ListOfMetrics.read(PROFILES, profileList), ListOfMetrics.read(METRICS, metricList));
  }

  private static DeviceProfiles of(ListOfMetrics profileList, ListOfMetrics metricList) {
    Map<String, DeviceProfile> profiles = new LinkedHashMap<>();
    for (NamedCsvRecord row : profileList.rows()) {
      DeviceProfile profile = profile(row, metricList);
      if (profiles.put(profile.name(), profile) != null) {
        throw profileList.wrong(row, "the profile '" + profile.name() + "' is listed twice");
      }
    }
    List<Metric> metrics = new ArrayList<>();
    for (NamedCsvRecord row : metricList.rows()) {
      DeviceProfile profile = profiles.get(row.getField("profile"));
      if (profile == null) {
        throw metricList.wrong(row, "device_profiles.csv has no such profile");
      }
      metrics.add(metric(row, measure(metricList, row), profile));
    }
    return new DeviceProfiles(List.copyOf(profiles.values()), metrics);
  }

  private static DeviceProfile profile(NamedCsvRecord row, ListOfMetrics metrics) {
    String name = row.getField("profile");
    return new DeviceProfile(
        name,
        row.getField("node"),
        row.getField("device"),
        ListOfMetrics.optional(row, "slice"),
        ListOfMetrics.optional(row, "model"),
        ListOfMetrics.optional(row, "slice_profile"),
        ListOfMetrics.optional(row, "slices"),
        ListOfMetrics.optional(row, "select"),
        ListOfMetrics.optional(row, "exporter"),
        ListOfMetrics.optional(row, "node_label"),
        row.getField("resource"),
        ListOfMetrics.optional(row, "slice_resource"),
        factors(name, metrics));
  }

  private static Map<DeviceMeasure, BigDecimal> factors(String profile, ListOfMetrics metrics) {
    Map<DeviceMeasure, BigDecimal> factors = new EnumMap<>(DeviceMeasure.class);
    for (NamedCsvRecord row : metrics.rows()) {
      if (row.getField("profile").equals(profile)) {
        BigDecimal factor = metrics.factor(row);
        BigDecimal other = factors.putIfAbsent(measure(metrics, row), factor);
        if (other != null && other.compareTo(factor) != 0) {
          throw metrics.wrong(row, "the measure has another factor in a line above");
        }
      }
    }
    return factors;
  }

  private static DeviceMeasure measure(ListOfMetrics metrics, NamedCsvRecord row) {
    return metrics.measure(row, DeviceMeasure.values());
  }

  private static Metric metric(NamedCsvRecord row, DeviceMeasure measure, DeviceProfile profile) {
    String series = row.getField("series");
    String query = Metric.FILES_ONLY;
    if (!series.isEmpty()) {
      query =
          measure == DeviceMeasure.HELD
              ? DeviceQueries.held(profile, series)
              : DeviceQueries.measured(profile, series);
    }
    return new Metric(row.getField("file"), new DeviceQuantity(profile, measure), query);
  }
}
