package costlake.telemetry.k8s;

import costlake.config.SourceKinds;
import costlake.core.Failure;
import costlake.telemetry.prometheus.Metric;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The devices that Costlake knows, as the lists {@code device_profiles.csv} and {@code
 * device_metrics.csv} describe them.
 *
 * @param profiles profiles in the order of the list
 * @param metrics metrics in the order of the list
 */
record DeviceProfiles(List<DeviceProfile> profiles, List<Metric> metrics) {
  private static final String FOLDER = "sources/prometheus/";
  private static final String PROFILES = FOLDER + "device_profiles.csv";
  private static final String METRICS = FOLDER + "device_metrics.csv";

  /** Lists on the class path. They are read once, because the class path does not change. */
  private static final class Embedded {
    static final DeviceProfiles LISTS =
        read(text(SourceKinds.files(), PROFILES), text(SourceKinds.files(), METRICS));

    private static String text(Map<String, String> files, String path) {
      return Objects.requireNonNull(files.get(path), path);
    }
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
    List<NamedCsvRecord> metricRows = rows(METRICS, metricList);
    Map<String, DeviceProfile> profiles = new LinkedHashMap<>();
    for (NamedCsvRecord row : rows(PROFILES, profileList)) {
      DeviceProfile profile = profile(row, metricRows);
      if (profiles.put(profile.name(), profile) != null) {
        throw wrong(PROFILES, row, "the profile '" + profile.name() + "' is listed twice");
      }
    }
    List<Metric> metrics = new ArrayList<>();
    for (NamedCsvRecord row : metricRows) {
      DeviceProfile profile = profiles.get(row.getField("profile"));
      if (profile == null) {
        throw wrong(METRICS, row, "device_profiles.csv has no such profile");
      }
      metrics.add(metric(row, profile));
    }
    return new DeviceProfiles(List.copyOf(profiles.values()), metrics);
  }

  private static List<NamedCsvRecord> rows(String path, String text) {
    try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(text)) {
      return reader.stream().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path, e);
    }
  }

  private static DeviceProfile profile(NamedCsvRecord row, List<NamedCsvRecord> metrics) {
    String name = row.getField("profile");
    return new DeviceProfile(
        name,
        row.getField("node"),
        row.getField("device"),
        optional(row, "slice"),
        optional(row, "model"),
        optional(row, "slice_profile"),
        optional(row, "slices"),
        optional(row, "select"),
        optional(row, "exporter"),
        optional(row, "node_label"),
        row.getField("resource"),
        optional(row, "slice_resource"),
        factors(metrics.stream().filter(m -> m.getField("profile").equals(name)).toList()));
  }

  private static @Nullable String optional(NamedCsvRecord row, String column) {
    String text = row.getField(column);
    return text.isEmpty() ? null : text;
  }

  private static Map<DeviceMeasure, BigDecimal> factors(List<NamedCsvRecord> metrics) {
    Map<DeviceMeasure, BigDecimal> factors = new EnumMap<>(DeviceMeasure.class);
    for (NamedCsvRecord row : metrics) {
      BigDecimal factor = factor(row);
      BigDecimal other = factors.putIfAbsent(measure(row), factor);
      if (other != null && other.compareTo(factor) != 0) {
        throw wrong(METRICS, row, "the measure has another factor in a line above");
      }
    }
    return factors;
  }

  private static BigDecimal factor(NamedCsvRecord row) {
    try {
      return new BigDecimal(row.getField("factor"));
    } catch (NumberFormatException e) {
      throw wrong(METRICS, row, "the factor is not a number");
    }
  }

  private static DeviceMeasure measure(NamedCsvRecord row) {
    String name = row.getField("measure");
    return Stream.of(DeviceMeasure.values())
        .filter(measure -> lower(measure).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                wrong(
                    METRICS,
                    row,
                    "measure cannot be '%s'. Allowed: %s"
                        .formatted(
                            name,
                            Stream.of(DeviceMeasure.values())
                                .map(DeviceProfiles::lower)
                                .collect(Collectors.joining(", ")))));
  }

  private static String lower(DeviceMeasure measure) {
    return measure.name().toLowerCase(Locale.ROOT);
  }

  private static Metric metric(NamedCsvRecord row, DeviceProfile profile) {
    DeviceMeasure measure = measure(row);
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

  private static Failure wrong(String path, NamedCsvRecord row, String why) {
    return Failure.operator(
        "Cannot use %s, line %d (%s): %s.",
        path, row.getStartingLineNumber(), String.join(",", row.getFields()), why);
  }
}
