package costlake.telemetry.k8s;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.core.NodeKey;
import costlake.telemetry.prometheus.PrometheusResponseReader;
import costlake.telemetry.series.Finding;
import costlake.telemetry.series.HourSums;
import costlake.telemetry.series.MeasuredDay;
import costlake.telemetry.series.MeasurementFindings;
import costlake.telemetry.series.Subject;
import costlake.testing.Shared;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares Costlake's hours with the hourly reports that the cost management operator of OpenShift
 * made from the same 93 response files.
 *
 * <p>The operator prints sums of doubles with six decimal places. Costlake's sums are exact
 * decimals; the test rounds them to six places. Every printed digit must be the same.
 */
class OperatorReportsTest {
  private static final String DATA = "data/k8s-operator-koku";
  private static final LocalDate DAY = LocalDate.of(2020, 11, 6);
  private static final int STEP_S = 60;
  private static final int HOUR = 18;

  @Test
  void hoursOfPodsEqualTheReport() throws IOException {
    HoursOfDay ours = HoursOfDay.of(day());
    Map<String, NodeHour> nodes =
        ours.nodes().stream()
            .filter(node -> node.hour() == HOUR)
            .collect(Collectors.toMap(NodeHour::node, node -> node));

    List<List<String>> rows =
        ours.workloads().stream()
            .filter(pod -> pod.hour() == HOUR)
            .map(pod -> podRow(pod, nodes.get(pod.node())))
            .toList();

    List<String> figures =
        List.of(
            "node",
            "namespace",
            "pod",
            "pod_usage_cpu_core_seconds",
            "pod_request_cpu_core_seconds",
            "pod_usage_memory_byte_seconds",
            "pod_request_memory_byte_seconds",
            "node_capacity_cpu_cores",
            "node_capacity_cpu_core_seconds",
            "node_capacity_memory_bytes",
            "node_capacity_memory_byte_seconds",
            "node_role",
            "resource_id",
            "pod_labels");
    assertThat(rows).hasSize(5).containsExactlyInAnyOrderElementsOf(expected("pod", figures));
  }

  @Test
  void hoursOfNodesEqualTheReport() throws IOException {
    List<List<String>> rows =
        HoursOfDay.of(day()).nodes().stream()
            .filter(node -> node.hour() == HOUR)
            .map(node -> List.of(node.node(), labels(withoutRole(node.labels()))))
            .toList();

    assertThat(rows)
        .hasSize(5)
        .containsExactlyInAnyOrderElementsOf(expected("node", List.of("node", "node_labels")));
  }

  @Test
  void hoursOfAcceleratorsEqualTheReport() throws IOException {
    MeasuredDay day = day();
    MeasurementFindings findings = new MeasurementFindings(day.start());
    List<Device> devices = Device.of(day, findings);
    Map<String, AcceleratorHour> hours =
        AcceleratorHour.of(day, devices).stream()
            .collect(Collectors.toMap(AcceleratorHour::id, hour -> hour));

    List<List<String>> rows =
        devices.stream().map(each -> deviceRow(day, each, hours.get(each.id()))).toList();

    List<String> figures =
        List.of(
            "node",
            "namespace",
            "pod",
            "gpu_uuid",
            "gpu_model_name",
            "gpu_pod_uptime",
            "gpu_pod_utilization",
            "gpu_max_slices",
            "mig_instance_id");
    assertThat(rows)
        .hasSize(6)
        .containsExactlyInAnyOrderElementsOf(expected("nvidia-gpu", figures));
  }

  @Test
  void activityAbove100PercentIsLimitedAndReported() {
    HoursOfDay ours = HoursOfDay.of(day());

    assertThat(ours.accelerators())
        .extracting(AcceleratorHour::activeS)
        .hasSize(6)
        .containsOnly(new BigDecimal("60.000000000"));
    assertThat(ours.findings())
        .filteredOn(finding -> finding.subject().startsWith("GPU-77777777"))
        .containsExactly(
            new Finding(
                19,
                "GPU-77777777-8888-9999-aaaa-bbbbbbbbbbbb/1",
                "activity above 100% of the device",
                new BigDecimal("750.000000000"),
                new BigDecimal("60.000000000")));
  }

  /** The published activity of a device is never more than the time in which it was allocated. */
  @Test
  void publishedActivityIsAtMostTheAllocatedTime() throws IOException {
    List<List<String>> rows =
        HoursOfDay.of(day()).accelerators().stream()
            .filter(device -> device.hour() == HOUR || device.hour() == HOUR + 1)
            .map(device -> List.of(device.id().replaceFirst("/.*", ""), six(device.activeS())))
            .toList();

    assertThat(rows)
        .hasSize(6)
        .containsExactlyInAnyOrderElementsOf(
            expected("nvidia-gpu", List.of("gpu_uuid", "gpu_pod_utilization", "gpu_pod_uptime"))
                .stream()
                .map(row -> List.of(row.get(0), six(published(row.get(1), row.get(2)))))
                .toList());
  }

  private static BigDecimal published(String utilisation, String heldS) {
    return new BigDecimal(utilisation)
        .multiply(BigDecimal.valueOf(STEP_S))
        .min(new BigDecimal(heldS));
  }

  /**
   * Costlake has no tables of volumes or virtual machines, so the test adds up their hours with the
   * code for the hours of pods.
   */
  @ParameterizedTest
  @CsvSource({
    "storage, persistentvolumeclaim_capacity_byte_seconds, persistentvolumeclaim-capacity-bytes",
    "storage, volume_request_storage_byte_seconds, persistentvolumeclaim-request-bytes",
    "storage, persistentvolumeclaim_usage_byte_seconds, persistentvolumeclaim-usage-bytes",
    "vm, vm_uptime_total_seconds, vm_info",
    "vm, vm_cpu_limit_core_seconds, vm_cpu_limit_cores",
    "vm, vm_cpu_request_core_seconds, vm_cpu_request_cores",
    "vm, vm_cpu_request_socket_seconds, vm_cpu_request_sockets",
    "vm, vm_cpu_request_thread_seconds, vm_cpu_request_threads",
    "vm, vm_cpu_usage_total_seconds, vm_cpu_usage",
    "vm, vm_memory_limit_byte_seconds, vm_memory_limit_bytes",
    "vm, vm_memory_request_byte_seconds, vm_memory_request_bytes",
    "vm, vm_memory_usage_byte_seconds, vm_memory_usage",
    "vm, vm_disk_allocated_size_byte_seconds, vm_disk_allocated_size",
  })
  void hoursOfVolumesAndVirtualMachinesEqualTheReport(String report, String column, String answer)
      throws IOException {
    HourSums sums = new HourSums(DAY.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli());
    try (InputStream bytes = Files.newInputStream(Shared.path(DATA + "/prometheus/" + answer))) {
      PrometheusResponseReader.read(
          answer, bytes, (labels, samples) -> sums.addLevels(samples.levels(STEP_S * 1000L)));
    }
    assertThat(List.of(List.of(six(sums.sum(HOUR)))))
        .isEqualTo(
            expected(report, List.of(column)).stream()
                .filter(row -> !row.get(0).isEmpty())
                .toList());
  }

  private static MeasuredDay day() {
    List<String> files = new ArrayList<>();
    try (var list = Files.list(Shared.path(DATA + "/prometheus"))) {
      list.map(Path::toString).sorted().forEach(files::add);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    assertThat(files).hasSize(93);
    return new MeasuredDay(
        DAY, STEP_S, Answer.read(files.stream().map(Path::of).toList()), List.of());
  }

  private static List<String> podRow(WorkloadHour pod, NodeHour node) {
    return List.of(
        pod.node() == null ? "" : pod.node(),
        pod.namespace(),
        pod.pod(),
        six(pod.cpuUsedCoreS()),
        six(pod.cpuRequestedCoreS()),
        six(pod.memoryUsedByteS()),
        six(pod.memoryRequestedByteS()),
        node == null
            ? ""
            : six(node.cpuCapacityCoreS().divide(node.upS(), RoundingMode.UNNECESSARY)),
        node == null ? "" : six(node.cpuCapacityCoreS()),
        node == null
            ? ""
            : six(node.memoryCapacityByteS().divide(node.upS(), RoundingMode.UNNECESSARY)),
        node == null ? "" : six(node.memoryCapacityByteS()),
        node == null ? "" : node.labels().get("node_role"),
        node == null ? "" : NodeKey.ofMachine(node.providerResource()).orElseThrow(),
        labels(pod.labels()));
  }

  /** The operator adds up samples of utilisation; Costlake adds up seconds of activity. */
  private static List<String> deviceRow(MeasuredDay day, Device device, AcceleratorHour hour) {
    Subject pod = device.holds().get(0).pods().get(0);
    BigDecimal claimed =
        new HourSums(day.start()).addLevels(device.reportedActivity()).sum(hour.hour());
    return List.of(
        hour.node(),
        pod.name(0),
        pod.name(1),
        device.uuid(),
        hour.model(),
        six(hour.allocatedS()),
        six(claimed.divide(BigDecimal.valueOf(STEP_S), RoundingMode.UNNECESSARY)),
        six(hour.slicesMax()),
        device.isSlice() ? hour.id().substring(hour.id().indexOf('/') + 1) : "");
  }

  private static String six(BigDecimal figure) {
    return figure == null ? "" : figure.setScale(6, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static Map<String, String> withoutRole(Map<String, String> labels) {
    Map<String, String> rest = new TreeMap<>(labels);
    rest.remove("node_role");
    return rest;
  }

  private static String labels(Map<String, String> labels) {
    return new TreeMap<>(labels)
        .entrySet().stream()
            .map(label -> "label_" + label.getKey() + ":" + label.getValue())
            .collect(Collectors.joining("|"));
  }

  private static List<List<String>> expected(String report, List<String> columns)
      throws IOException {
    Path file = Shared.path(DATA + "/expected/cm-openshift-" + report + "-usage-202011.csv");
    List<String> lines = Files.readAllLines(file);
    List<String> header = List.of(lines.get(0).split(",", -1));
    return lines.stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .map(row -> columns.stream().map(column -> row[header.indexOf(column)]).toList())
        .toList();
  }
}
