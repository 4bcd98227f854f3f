package costlake.telemetry.k8s;

import costlake.telemetry.prometheus.Metric;
import costlake.telemetry.prometheus.MetricFiles;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The metrics of nodes, pods and devices. Names in lower case are those that the cost management
 * operators of OpenShift use; other names are those of the exporters.
 */
final class KubernetesMetrics {
  private static final String CONTAINERS =
      "container!=\"\", container!=\"POD\", pod!=\"\", namespace!=\"\", node!=\"\"";

  private KubernetesMetrics() {}

  /** The metrics of nodes, of pods, and of the devices in the lists. */
  static MetricFiles of(DeviceProfiles devices) {
    String accelerators =
        devices.profiles().stream()
            .map(DeviceProfile::resource)
            .collect(Collectors.joining("|", "resource=~\"", "\""));
    return new MetricFiles(
        Stream.of(ofNodes(accelerators), ofPods(accelerators), devices.metrics())
            .flatMap(List::stream)
            .toList());
  }

  private static List<Metric> ofNodes(String accelerators) {
    return List.of(
        new Metric(
            "node-capacity-cpu-cores",
            KubernetesQuantity.NODE_CPU_CAPACITY,
            capacity("resource=\"cpu\"")),
        new Metric(
            "node-capacity-memory-bytes",
            KubernetesQuantity.NODE_MEMORY_CAPACITY,
            capacity("resource=\"memory\"")),
        new Metric(
            "node-capacity-accelerators",
            KubernetesQuantity.NODE_ACCELERATOR_CAPACITY,
            capacity(accelerators)),
        new Metric("node-labels", KubernetesQuantity.NODE_LABELS, "kube_node_labels"),
        new Metric("node-role", KubernetesQuantity.NODE_ROLE, "kube_node_role"));
  }

  private static List<Metric> ofPods(String accelerators) {
    return List.of(
        new Metric(
            "pod-request-cpu-cores",
            KubernetesQuantity.POD_CPU_REQUESTED,
            requested("resource=\"cpu\"", "")),
        new Metric(
            "pod-request-memory-bytes",
            KubernetesQuantity.POD_MEMORY_REQUESTED,
            requested("resource=\"memory\"", "")),
        new Metric(
            "pod-request-accelerators",
            KubernetesQuantity.POD_ACCELERATORS_REQUESTED,
            requested(accelerators, ", resource")),
        new Metric(
            "pod-usage-cpu-cores",
            KubernetesQuantity.POD_CPU_USED,
            "sum by (namespace, pod, node) (rate(container_cpu_usage_seconds_total{%s}[%s] offset -%s))"
                .formatted(CONTAINERS, Metric.WINDOW, Metric.STEP)),
        new Metric(
            "container_cpu_usage_seconds_total",
            KubernetesQuantity.POD_CPU_COUNTER,
            Metric.FILES_ONLY),
        new Metric(
            "pod-usage-memory-bytes",
            KubernetesQuantity.POD_MEMORY_USED,
            "sum by (namespace, pod, node) (container_memory_usage_bytes{" + CONTAINERS + "})"),
        new Metric(
            "pod-labels",
            KubernetesQuantity.POD_LABELS,
            "kube_pod_labels{namespace!=\"\", pod!=\"\"}"),
        new Metric(
            "pod-owner",
            KubernetesQuantity.POD_OWNER,
            "max by (namespace, pod, owner_kind, owner_name)"
                + " (kube_pod_owner{owner_is_controller=\"true\"})"),
        new Metric(
            "job-owner",
            KubernetesQuantity.JOB_OWNER,
            "max by (namespace, job_name, owner_kind, owner_name)"
                + " (kube_job_owner{owner_is_controller=\"true\"})"));
  }

  private static String capacity(String resource) {
    return "max by (node, provider_id, resource) (kube_node_status_capacity{"
        + resource
        + "} * on (node) group_left (provider_id)"
        + " max by (node, provider_id) (kube_node_info))";
  }

  private static String requested(String resource, String more) {
    return "sum by (namespace, pod, node"
        + more
        + ") (kube_pod_container_resource_requests{"
        + resource
        + ", node!=\"\"} * on (namespace, pod) group_left ()"
        + " max by (namespace, pod) (kube_pod_status_phase{phase=\"Running\"} == 1))";
  }
}
