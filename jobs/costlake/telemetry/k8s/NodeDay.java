package costlake.telemetry.k8s;

import costlake.telemetry.series.HourSums;
import costlake.telemetry.series.MeasuredDay;
import costlake.telemetry.series.MeasuredDay.ObjectSeries;
import costlake.telemetry.series.TableDecimals;
import costlake.telemetry.series.TimeSpans;
import costlake.telemetry.series.UtcHours;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The series and the devices of one node on one day. */
record NodeDay(
    MeasuredDay day,
    String node,
    Map<KubernetesQuantity, ObjectSeries> seriesByQuantity,
    List<Device> devices) {

  List<NodeHour> hours() {
    TimeSpans seen =
        TimeSpans.union(
            NodeHour.CAPACITIES.stream()
                .map(seriesByQuantity::get)
                .filter(Objects::nonNull)
                .map(ObjectSeries::seen)
                .toList());
    long[] up = seen.hours(day.start());
    long[] existed = seen.hull().hours(day.start());
    HourSums cpu = sums(KubernetesQuantity.NODE_CPU_CAPACITY);
    HourSums memory = sums(KubernetesQuantity.NODE_MEMORY_CAPACITY);
    List<Map<String, String>> provider = provider();
    List<Map<String, String>> labels = descriptionByHour(KubernetesQuantity.NODE_LABELS);
    List<Map<String, String>> role = descriptionByHour(KubernetesQuantity.NODE_ROLE);
    @Nullable BigDecimal[] accelerators = accelerators();
    List<NodeHour> hours = new ArrayList<>();
    for (int hour = 0; hour < UtcHours.PER_DAY; hour++) {
      if (up[hour] > 0) {
        hours.add(
            new NodeHour(
                hour,
                node,
                provider.get(hour).get("provider_id"),
                accelerator(hour, labels.get(hour)),
                TableDecimals.seconds(up[hour]),
                TableDecimals.figure(cpu.sum(hour)),
                TableDecimals.figure(memory.sum(hour)),
                TableDecimals.figure(accelerators[hour]),
                labels(labels.get(hour), role.get(hour)),
                TableDecimals.ratio(up[hour], existed[hour])));
      }
    }
    return hours;
  }

  private HourSums sums(KubernetesQuantity quantity) {
    HourSums sums = new HourSums(day.start());
    if (seriesByQuantity.containsKey(quantity)) {
      seriesByQuantity.get(quantity).levels().values().forEach(sums::addLevels);
    }
    return sums;
  }

  private List<Map<String, String>> descriptionByHour(KubernetesQuantity quantity) {
    return seriesByQuantity.containsKey(quantity)
        ? day.descriptionByHour(seriesByQuantity.get(quantity))
        : Collections.nCopies(UtcHours.PER_DAY, Map.of());
  }

  private List<Map<String, String>> provider() {
    return NodeHour.CAPACITIES.stream()
        .filter(seriesByQuantity::containsKey)
        .findFirst()
        .map(this::descriptionByHour)
        .orElseThrow();
  }

  private static Map<String, String> labels(Map<String, String> labels, Map<String, String> role) {
    Map<String, String> all = new TreeMap<>(labels);
    if (role.containsKey("role")) {
      all.put("node_role", role.get("role"));
    }
    return all;
  }

  /**
   * Returns the accelerator model with the most device time in the hour. If no device has a known
   * model, returns the model in the label of the node.
   */
  private @Nullable String accelerator(int hour, Map<String, String> labels) {
    Map<String, Long> byModel = new TreeMap<>();
    for (Device device : devices) {
      String model = device.model(hour);
      if (model != null) {
        byModel.merge(model, device.provisioned().hours(day.start())[hour], Long::sum);
      }
    }
    return byModel.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .or(() -> labelled(labels))
        .orElse(null);
  }

  /** The model that a label of the node names. */
  private static Optional<String> labelled(Map<String, String> labels) {
    return profiles()
        .flatMap(profile -> Stream.ofNullable(profile.nodeLabel()))
        .flatMap(label -> Stream.ofNullable(labels.get(label)))
        .findFirst();
  }

  private static Stream<DeviceProfile> profiles() {
    return DeviceProfiles.embedded().profiles().stream();
  }

  /** Whether Kubernetes counts slices, not devices, in a resource. */
  private static boolean countsSlices(String resource) {
    return profiles()
        .flatMap(profile -> Stream.ofNullable(profile.sliceResource()))
        .anyMatch(resource::contains);
  }

  /**
   * Returns the accelerator seconds of each hour, computed from the number of devices that
   * Kubernetes reports. If Kubernetes reports slices or no number, counts the devices that have
   * samples.
   */
  private @Nullable BigDecimal[] accelerators() {
    @Nullable BigDecimal[] sums = new BigDecimal[UtcHours.PER_DAY];
    ObjectSeries counted = seriesByQuantity.get(KubernetesQuantity.NODE_ACCELERATOR_CAPACITY);
    boolean whole =
        counted != null
            && counted.levels().keySet().stream().noneMatch(part -> countsSlices(part.get(0)));
    if (whole) {
      HourSums devicesCounted = sums(KubernetesQuantity.NODE_ACCELERATOR_CAPACITY);
      Arrays.setAll(sums, devicesCounted::sum);
    } else if (!devices.isEmpty()) {
      long[] seen = devicesSeen();
      Arrays.setAll(sums, hour -> TableDecimals.seconds(seen[hour]));
    } else if (day.wasQueried(KubernetesQuantity.NODE_ACCELERATOR_CAPACITY)) {
      Arrays.fill(sums, BigDecimal.ZERO);
    }
    return sums;
  }

  private long[] devicesSeen() {
    long[] seen = new long[UtcHours.PER_DAY];
    for (String uuid : new HashSet<>(devices.stream().map(Device::uuid).toList())) {
      TimeSpans spans =
          TimeSpans.union(
              devices.stream()
                  .filter(device -> device.uuid().equals(uuid))
                  .map(Device::provisioned)
                  .toList());
      long[] hours = spans.hours(day.start());
      Arrays.setAll(seen, hour -> seen[hour] + hours[hour]);
    }
    return seen;
  }
}
