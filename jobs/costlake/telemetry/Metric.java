package costlake.telemetry;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The metrics that Costlake reads. Each has the name of its response file and the query that
 * fetches it from a server.
 *
 * <p>Names in lower case are the names that the cost management operators of OpenShift use. Names
 * in capitals are the names of NVIDIA's exporter DCGM. A metric without a query is read from files
 * only.
 */
enum Metric {
  NODE_CAPACITY_CPU_CORES(
      "node-capacity-cpu-cores",
      MeasuredQuantity.NODE_CPU_CAPACITY,
      Queries.capacity("resource=\"cpu\"")),
  NODE_CAPACITY_MEMORY_BYTES(
      "node-capacity-memory-bytes",
      MeasuredQuantity.NODE_MEMORY_CAPACITY,
      Queries.capacity("resource=\"memory\"")),
  NODE_CAPACITY_ACCELERATORS(
      "node-capacity-accelerators",
      MeasuredQuantity.NODE_ACCELERATOR_CAPACITY,
      Queries.capacity("resource=~\"" + Queries.ACCELERATORS + "\"")),
  NODE_LABELS("node-labels", MeasuredQuantity.NODE_LABELS, "kube_node_labels"),
  NODE_ROLE("node-role", MeasuredQuantity.NODE_ROLE, "kube_node_role"),
  POD_REQUEST_CPU_CORES(
      "pod-request-cpu-cores",
      MeasuredQuantity.POD_CPU_REQUESTED,
      Queries.running("kube_pod_container_resource_requests", "resource=\"cpu\"", "")),
  POD_REQUEST_MEMORY_BYTES(
      "pod-request-memory-bytes",
      MeasuredQuantity.POD_MEMORY_REQUESTED,
      Queries.running("kube_pod_container_resource_requests", "resource=\"memory\"", "")),
  POD_REQUEST_ACCELERATORS(
      "pod-request-accelerators",
      MeasuredQuantity.POD_ACCELERATORS_REQUESTED,
      Queries.running(
          "kube_pod_container_resource_requests",
          "resource=~\"" + Queries.ACCELERATORS + "\"",
          ", resource")),
  POD_USAGE_CPU_CORES(
      "pod-usage-cpu-cores",
      MeasuredQuantity.POD_CPU_USED,
      "sum by (namespace, pod, node) (rate(container_cpu_usage_seconds_total{"
          + Queries.CONTAINERS
          + "}["
          + Queries.WINDOW
          + "] offset -"
          + Queries.STEP
          + "))"),
  CONTAINER_CPU_USAGE_SECONDS(
      "container_cpu_usage_seconds_total", MeasuredQuantity.POD_CPU_COUNTER, Queries.FILES_ONLY),
  POD_USAGE_MEMORY_BYTES(
      "pod-usage-memory-bytes",
      MeasuredQuantity.POD_MEMORY_USED,
      "sum by (namespace, pod, node) (container_memory_usage_bytes{" + Queries.CONTAINERS + "})"),
  POD_LABELS(
      "pod-labels", MeasuredQuantity.POD_LABELS, "kube_pod_labels{namespace!=\"\", pod!=\"\"}"),
  POD_OWNER(
      "pod-owner",
      MeasuredQuantity.POD_OWNER,
      "max by (namespace, pod, owner_kind, owner_name)"
          + " (kube_pod_owner{owner_is_controller=\"true\"})"),
  NVIDIA_GPU_POD_UPTIME("nvidia-gpu-pod-uptime", MeasuredQuantity.DEVICE_HELD, Queries.held()),
  NVIDIA_GPU_UTILIZATION(
      "nvidia-gpu-utilization", MeasuredQuantity.DEVICE_ENGINE_ACTIVE, Queries.FILES_ONLY),
  ENGINE_ACTIVE(
      "DCGM_FI_PROF_GR_ENGINE_ACTIVE",
      MeasuredQuantity.DEVICE_ENGINE_ACTIVE,
      Queries.device("DCGM_FI_PROF_GR_ENGINE_ACTIVE")),
  GPU_UTIL(
      "DCGM_FI_DEV_GPU_UTIL",
      MeasuredQuantity.DEVICE_UTILISATION,
      Queries.device("DCGM_FI_DEV_GPU_UTIL")),
  FB_USED(
      "DCGM_FI_DEV_FB_USED",
      MeasuredQuantity.DEVICE_MEMORY_USED,
      Queries.device("DCGM_FI_DEV_FB_USED")),
  TOTAL_ENERGY_CONSUMPTION(
      "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION",
      MeasuredQuantity.DEVICE_ENERGY,
      Queries.device("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION")),
  POWER_USAGE(
      "DCGM_FI_DEV_POWER_USAGE",
      MeasuredQuantity.DEVICE_POWER,
      Queries.device("DCGM_FI_DEV_POWER_USAGE")),
  NVIDIA_GPU_MAX_SLICES(
      "nvidia-gpu-max-slices",
      MeasuredQuantity.DEVICE_SLICES_MAX,
      Queries.device("DCGM_FI_DEV_MIG_MAX_SLICES")),
  NVIDIA_GPU_MEMORY_CAPACITY(
      "nvidia-gpu-memory-capacity-mib", MeasuredQuantity.DEVICE_MEMORY_SIZE, Queries.FILES_ONLY),
  NVIDIA_GPU_MEMORY_CAPACITY_MIG(
      "nvidia-gpu-memory-capacity-mib-mig",
      MeasuredQuantity.DEVICE_MEMORY_SIZE,
      Queries.FILES_ONLY),
  NVIDIA_GPU_MEMORY_CAPACITY_NON_MIG(
      "nvidia-gpu-memory-capacity-mib-non-mig",
      MeasuredQuantity.DEVICE_MEMORY_SIZE,
      Queries.FILES_ONLY);

  private static final Map<String, Metric> BY_FILE =
      Arrays.stream(values()).collect(Collectors.toMap(Metric::file, Function.identity()));

  private final String file;
  private final MeasuredQuantity quantity;
  private final String query;

  Metric(String file, MeasuredQuantity quantity, String query) {
    this.file = file;
    this.quantity = quantity;
    this.query = query;
  }

  /**
   * Finds the metric of a file by the name of the file up to the first dot. {@code
   * pod-labels.2.json}, for example, is a second response to the query of {@code pod-labels}.
   */
  static Optional<Metric> ofFile(String path) {
    String name = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    int dot = name.indexOf('.');
    return Optional.ofNullable(BY_FILE.get(dot < 0 ? name : name.substring(0, dot)));
  }

  String file() {
    return file;
  }

  MeasuredQuantity quantity() {
    return quantity;
  }

  /** Returns the query in PromQL; empty if the metric is read from files only. */
  Optional<String> query(int stepS) {
    int windowS = Math.max(Queries.WINDOW_S_MIN, stepS);
    return query.equals(Queries.FILES_ONLY)
        ? Optional.empty()
        : Optional.of(
            query.replace(Queries.WINDOW, windowS + "s").replace(Queries.STEP, stepS + "s"));
  }

  private static final class Queries {
    static final String FILES_ONLY = "";
    static final String WINDOW = "$window";

    /** A sample is valid for the step after it, so the window of a rate must end with that step. */
    static final String STEP = "$step";

    static final int WINDOW_S_MIN = 300;
    static final String ACCELERATORS =
        "nvidia_com_.+|amd_com_gpu|aws_amazon_com_neuron|google_com_tpu|habana_ai_gaudi";
    static final String CONTAINERS =
        "container!=\"\", container!=\"POD\", pod!=\"\", namespace!=\"\", node!=\"\"";
    private static final String DEVICE = "Hostname, UUID, modelName, GPU_I_ID, GPU_I_PROFILE";

    private Queries() {}

    static String capacity(String resource) {
      return "max by (node, provider_id, resource) (kube_node_status_capacity{"
          + resource
          + "} * on (node) group_left (provider_id)"
          + " max by (node, provider_id) (kube_node_info))";
    }

    static String running(String series, String resource, String more) {
      return "sum by (namespace, pod, node"
          + more
          + ") ("
          + series
          + "{"
          + resource
          + ", node!=\"\"} * on (namespace, pod) group_left ()"
          + " max by (namespace, pod) (kube_pod_status_phase{phase=\"Running\"} == 1))";
    }

    static String device(String series) {
      return "max by (" + DEVICE + ") (" + series + "{UUID!=\"\"})";
    }

    static String held() {
      String by = "max by (" + DEVICE + ", exported_namespace, exported_pod) (";
      return by
          + "DCGM_FI_DEV_FB_USED{UUID!=\"\", exported_pod!=\"\"} >= bool 0) or "
          + by
          + "label_replace(label_replace(DCGM_FI_DEV_FB_USED{UUID!=\"\", exported_pod=\"\","
          + " pod!=\"\", container!~\".*dcgm-exporter.*\"} >= bool 0,"
          + " \"exported_pod\", \"$1\", \"pod\", \"(.*)\"),"
          + " \"exported_namespace\", \"$1\", \"namespace\", \"(.*)\"))";
    }
  }
}
