package costlake.telemetry.k8s;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How an exporter describes the accelerators of one maker. Null means that there is no such label.
 *
 * @param name name of the profile
 * @param node label of the node; {@code a|b} stands for label a or, if a series has no a, label b
 * @param device label that identifies the device on its node
 * @param slice label that identifies the slice of a divided device
 * @param model label of the model
 * @param sliceProfile label with the size of a slice
 * @param slices the number of slices of each slice, or a regular expression whose first group finds
 *     it in the label {@code sliceProfile}
 * @param select further condition in PromQL that selects the series of these devices
 * @param exporter regular expression of the exporter's own containers, which hold no device
 * @param nodeLabel label of a Kubernetes node that names the model of its devices
 * @param resource regular expression of the resources in which Kubernetes counts the devices
 * @param sliceResource part of the names of those resources that count slices
 * @param factors factors that convert the values of each measure to base units
 */
record DeviceProfile(
    String name,
    String node,
    String device,
    @Nullable String slice,
    @Nullable String model,
    @Nullable String sliceProfile,
    @Nullable String slices,
    @Nullable String select,
    @Nullable String exporter,
    @Nullable String nodeLabel,
    String resource,
    @Nullable String sliceResource,
    Map<DeviceMeasure, BigDecimal> factors) {
  /** Labels of the pod that holds a device, as the queries of all profiles return them. */
  static final List<String> HOLDER = List.of("exported_namespace", "exported_pod");

  DeviceProfile {
    factors = Map.copyOf(factors);
  }

  /** The labels that identify a device or slice: node, device and slice. */
  List<String> subject() {
    return List.of(node, device, slice == null ? "" : slice);
  }

  /** The labels that describe a device. */
  List<String> description() {
    return Stream.of(model, sliceProfile).flatMap(Stream::ofNullable).toList();
  }

  /** The labels that the queries keep. */
  List<String> labels() {
    return Stream.of(first(node), first(device), model, slice, sliceProfile)
        .flatMap(Stream::ofNullable)
        .toList();
  }

  static String first(String alternatives) {
    int bar = alternatives.indexOf('|');
    return bar < 0 ? alternatives : alternatives.substring(0, bar);
  }

  BigDecimal factor(DeviceMeasure measure) {
    return factors.getOrDefault(measure, BigDecimal.ONE);
  }

  /** The number of slices of a slice with this size; empty if it is unknown. */
  Optional<BigDecimal> slices(@Nullable String text) {
    if (slices != null && slices.matches("\\d+")) {
      return Optional.of(new BigDecimal(slices));
    }
    if (slices == null || text == null) {
      return Optional.empty();
    }
    Matcher matcher = Pattern.compile(slices).matcher(text);
    return matcher.matches() ? Optional.of(new BigDecimal(matcher.group(1))) : Optional.empty();
  }
}
