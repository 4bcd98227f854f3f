package costlake.telemetry.k8s;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the PromQL queries for the series of devices. */
final class DeviceQueries {
  private DeviceQueries() {}

  /** The values of a series for each device and slice, without labels that may change. */
  static String measured(DeviceProfile profile, String series) {
    return by(profile, "") + series + "{" + devices(profile) + "})";
  }

  /**
   * 1 for each device and the pod that holds it. If a server is scraped without {@code
   * honor_labels}, the labels of the holder begin with {@code exported_}; otherwise they are {@code
   * namespace} and {@code pod}, as are those of the exporter itself.
   */
  static String held(DeviceProfile profile, String series) {
    String by = by(profile, ", " + String.join(", ", DeviceProfile.HOLDER));
    String own =
        profile.exporter() == null ? "" : ", container!~\"%s\"".formatted(profile.exporter());
    return "%s%s{%s, exported_pod!=\"\"} >= bool 0) or %slabel_replace(label_replace(%s{%s,"
            .formatted(by, series, devices(profile), by, series, devices(profile))
        + " exported_pod=\"\", pod!=\"\"%s} >= bool 0,".formatted(own)
        + " \"exported_pod\", \"$1\", \"pod\", \"(.*)\"),"
        + " \"exported_namespace\", \"$1\", \"namespace\", \"(.*)\"))";
  }

  private static String by(DeviceProfile profile, String more) {
    return "max by (" + String.join(", ", profile.labels()) + more + ") (";
  }

  /** The condition that selects series of devices. */
  private static String devices(DeviceProfile profile) {
    String known = DeviceProfile.first(profile.device()) + "!=\"\"";
    return Stream.concat(Stream.of(known), Stream.ofNullable(profile.select()))
        .collect(Collectors.joining(", "));
  }
}
