package costlake.sample;

import costlake.core.Progress;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the responses of the cluster's Prometheus, with a folder for each day and a file for each
 * query, and the expected figures.
 */
final class TelemetryFiles {
  private static final int HOUR_S = 3600;
  private static final int IDLE_W = 70;
  private static final int BUSY_W = 560;
  private static final long MILLI = 1000L;
  private static final long GIB = 1L << 30;

  private final SampleSettings settings;
  private final SampleCluster cluster;
  private final Path dir;
  private final SeededRandom random;
  private final EngineFiles engines;
  private final int steps;
  private final Map<String, Long> energy = new HashMap<>();
  private final List<Object[]> expectedNodeDays = new ArrayList<>();
  private final List<Object[]> expectedIdleDays = new ArrayList<>();

  TelemetryFiles(SampleSettings settings, SampleCluster cluster, Path dir) {
    this.settings = settings;
    this.cluster = cluster;
    this.dir = dir;
    this.random = cluster.random().with("telemetry");
    this.engines = new EngineFiles(settings, cluster);
    this.steps = 24 * HOUR_S / settings.stepS();
  }

  void write(Progress progress) throws IOException {
    LocalDate from = settings.telemetryFrom();
    LocalDate end = settings.end();
    progress.begin(
        "Writing telemetry", from.until(end, java.time.temporal.ChronoUnit.DAYS), "days");
    for (LocalDate day = from; day.isBefore(end); day = day.plusDays(1)) {
      day(day);
      progress.advance(1);
    }
    progress.end();
    Path truth = Files.createDirectories(dir.resolve("truth"));
    ExpectedFigures.table(
        truth.resolve("node_days.csv"),
        "usage_date,node_id,provider_resource_id,instance_type,up_h,provisioned_h,allocated_h,active_h",
        expectedNodeDays);
    ExpectedFigures.table(
        truth.resolve("idle_days.csv"),
        "usage_date,node_id,provider_resource_id,idle_kind,team,workload_id,idle_h",
        expectedIdleDays);
  }

  private void day(LocalDate day) throws IOException {
    Path folder =
        Files.createDirectories(
            dir.resolve("telemetry").resolve(SampleCompany.CLUSTER).resolve(day.toString()));
    nodes(folder, day);
    pods(folder, day);
    devices(folder, day);
    engines.write(folder, day);
    expect(day);
  }

  private RangeAnswer answer(Path folder, String metric, LocalDate day) throws IOException {
    return new RangeAnswer(folder.resolve(metric + ".json"), day, settings.stepS());
  }

  private int hour(int step) {
    return step * settings.stepS() / HOUR_S;
  }

  private RangeAnswer.Value whileUp(Node node, LocalDate day, RangeAnswer.Value value) {
    int from = node.upFromHour(day, cluster.random());
    return step -> hour(step) < from ? null : value.at(step);
  }

  private RangeAnswer.Value whileRunning(Pod pod, LocalDate day, RangeAnswer.Value value) {
    Node node = cluster.nodes().get(pod.node());
    return whileUp(
        node,
        day,
        step -> pod.runs(day, hour(step), cluster.idleSaturday()) ? value.at(step) : null);
  }

  private void nodes(Path folder, LocalDate day) throws IOException {
    try (RangeAnswer cores = answer(folder, "node-capacity-cpu-cores", day);
        RangeAnswer memory = answer(folder, "node-capacity-memory-bytes", day);
        RangeAnswer accelerators = answer(folder, "node-capacity-accelerators", day);
        RangeAnswer labels = answer(folder, "node-labels", day)) {
      for (Node node : cluster.nodes()) {
        Node.Machine machine = node.machine();
        Map<String, String> own = new TreeMap<>();
        own.put("node", node.name());
        own.put("provider_id", "aws:///us-east-1a/" + node.instanceId());
        cores.series(own, whileUp(node, day, step -> String.valueOf(machine.cores())));
        String bytes = String.valueOf(machine.memoryGib() * GIB);
        memory.series(own, whileUp(node, day, step -> bytes));
        Map<String, String> label = new TreeMap<>();
        label.put("node", node.name());
        label.put("label_node_kubernetes_io_instance_type", machine.type());
        label.put("label_topology_kubernetes_io_zone", "us-east-1a");
        label.put("label_pool", machine.devices() > 0 ? machine.family() : "system");
        if (machine.devices() > 0) {
          own.put("resource", "nvidia_com_gpu");
          accelerators.series(own, whileUp(node, day, step -> String.valueOf(machine.devices())));
          label.put("label_nvidia_com_gpu_product", machine.accelerator().replace(' ', '-'));
        }
        labels.series(label, whileUp(node, day, step -> "1"));
      }
    }
  }

  private void pods(Path folder, LocalDate day) throws IOException {
    try (RangeAnswer cores = answer(folder, "pod-request-cpu-cores", day);
        RangeAnswer memory = answer(folder, "pod-request-memory-bytes", day);
        RangeAnswer accelerators = answer(folder, "pod-request-accelerators", day);
        RangeAnswer coresUsed = answer(folder, "pod-usage-cpu-cores", day);
        RangeAnswer memoryUsed = answer(folder, "pod-usage-memory-bytes", day);
        RangeAnswer labels = answer(folder, "pod-labels", day);
        RangeAnswer owners = answer(folder, "pod-owner", day)) {
      for (Pod pod : cluster.pods()) {
        Map<String, String> own = new TreeMap<>();
        own.put("namespace", pod.namespace());
        own.put("pod", pod.name(day, cluster.random()));
        owners.series(owner(own, pod, day), whileRunning(pod, day, step -> "1"));
        labels.series(labels(own, pod), whileRunning(pod, day, step -> "1"));
        own.put("node", cluster.nodes().get(pod.node()).name());
        String asked = String.valueOf(pod.memoryGib() * GIB);
        cores.series(own, whileRunning(pod, day, step -> String.valueOf(pod.cores())));
        memory.series(own, whileRunning(pod, day, step -> asked));
        coresUsed.series(own, whileRunning(pod, day, step -> used(pod, day, step, pod.cores())));
        memoryUsed.series(own, whileRunning(pod, day, step -> memoryUsed(pod, day, step)));
        if (pod.devices() > 0) {
          own.put("resource", "nvidia_com_gpu");
          accelerators.series(own, whileRunning(pod, day, step -> String.valueOf(pod.devices())));
        }
      }
    }
  }

  private static Map<String, String> owner(Map<String, String> own, Pod pod, LocalDate day) {
    Map<String, String> owner = new TreeMap<>(own);
    owner.put("owner_kind", pod.kind().owner);
    owner.put("owner_name", pod.owner(day));
    return owner;
  }

  private static Map<String, String> labels(Map<String, String> own, Pod pod) {
    Map<String, String> labels = new TreeMap<>(own);
    labels.put("label_app", pod.app());
    if (pod.kind() == Pod.Kind.NOTEBOOK) {
      labels.put("label_component", "singleuser-server");
    }
    if (pod.kind() == Pod.Kind.INFERENCE) {
      labels.put("label_team", pod.team());
      labels.put("label_model", pod.model());
      labels.put("label_costlake_io_endpoint", pod.app());
    }
    return labels;
  }

  /** Returns the use of a resource: 50 to 90 percent of the request, with two decimal places. */
  private String used(Pod pod, LocalDate day, int step, int asked) {
    int hundredths = 50 + roll(pod.app(), day, step).with(3).below(41);
    return BigDecimal.valueOf((long) asked * hundredths, 2).toPlainString();
  }

  private String memoryUsed(Pod pod, LocalDate day, int step) {
    long hundredths = 60L + roll(pod.app(), day, hour(step)).with(4).below(31);
    return String.valueOf(pod.memoryGib() * GIB / 100 * hundredths);
  }

  private SeededRandom roll(String what, LocalDate day, int step) {
    return random.with(what).with(day.toEpochDay()).with(step);
  }

  /** Returns the pod that a device is allocated to in a step; null if there is no such pod. */
  private @Nullable Pod holder(int node, int device, LocalDate day, int step) {
    for (Pod pod : cluster.pods()) {
      boolean holds =
          pod.node() == node
              && device >= pod.firstDevice()
              && device < pod.firstDevice() + pod.devices();
      if (holds && pod.runs(day, hour(step), cluster.idleSaturday())) {
        return pod;
      }
    }
    return null;
  }

  private int activity(int node, int device, LocalDate day, int step) {
    Pod pod = holder(node, device, day, step);
    return pod == null ? 0 : pod.activity(day, hour(step), roll(pod.app(), day, step).with(device));
  }

  private void devices(Path folder, LocalDate day) throws IOException {
    try (RangeAnswer held = answer(folder, "nvidia-gpu-pod-uptime", day);
        RangeAnswer engine = answer(folder, "DCGM_FI_PROF_GR_ENGINE_ACTIVE", day);
        RangeAnswer memory = answer(folder, "DCGM_FI_DEV_FB_USED", day);
        RangeAnswer joules = answer(folder, "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", day)) {
      for (int n = 0; n < cluster.nodes().size(); n++) {
        for (int d = 0; d < cluster.nodes().get(n).machine().devices(); d++) {
          device(n, d, day, held, engine, memory, joules);
        }
      }
    }
  }

  private void device(
      int n,
      int d,
      LocalDate day,
      RangeAnswer held,
      RangeAnswer engine,
      RangeAnswer memory,
      RangeAnswer joules)
      throws IOException {
    Node node = cluster.nodes().get(n);
    Map<String, String> own = new TreeMap<>();
    own.put("Hostname", node.name());
    own.put("UUID", node.deviceId(d, cluster.random()));
    own.put("modelName", node.machine().accelerator());
    own.put("device", "nvidia" + d);
    engine.series(
        own,
        whileUp(
            node, day, step -> BigDecimal.valueOf(activity(n, d, day, step), 2).toPlainString()));
    memory.series(
        own,
        whileUp(
            node,
            day,
            step ->
                String.valueOf(
                    holder(n, d, day, step) == null ? 4 : node.machine().deviceMib() * 8 / 10)));
    joules.series(own, whileUp(node, day, step -> energy(own.get("UUID"), n, d, day, step)));
    for (Pod pod : cluster.pods()) {
      if (pod.node() == n && d >= pod.firstDevice() && d < pod.firstDevice() + pod.devices()) {
        Map<String, String> holder = new TreeMap<>(own);
        holder.put("exported_namespace", pod.namespace());
        holder.put("exported_pod", pod.name(day, cluster.random()));
        held.series(holder, whileRunning(pod, day, step -> "1"));
      }
    }
  }

  /** Returns the energy counter at the start of a step, and adds the energy of the step. */
  private String energy(String uuid, int n, int d, LocalDate day, int step) {
    long power = IDLE_W + (long) BUSY_W * activity(n, d, day, step) / 100;
    long before = energy.getOrDefault(uuid, 0L);
    energy.put(uuid, before + power * settings.stepS() * MILLI);
    return String.valueOf(before);
  }

  private static BigDecimal hours(long hundredthSeconds) {
    return BigDecimal.valueOf(hundredthSeconds)
        .divide(BigDecimal.valueOf(100L * HOUR_S), 9, java.math.RoundingMode.HALF_EVEN);
  }

  private void expect(LocalDate day) {
    for (int n = 0; n < cluster.nodes().size(); n++) {
      Node node = cluster.nodes().get(n);
      int up = node.upHours(day, cluster.random());
      if (up > 0 && node.machine().devices() > 0) {
        expect(n, node, up, day);
      }
    }
  }

  private void expect(int n, Node node, int up, LocalDate day) {
    Map<Pod, long[]> pods = new HashMap<>();
    long second = 100L * settings.stepS();
    for (int d = 0; d < node.machine().devices(); d++) {
      for (int step = (24 - up) * HOUR_S / settings.stepS(); step < steps; step++) {
        Pod pod = holder(n, d, day, step);
        if (pod != null) {
          long[] sums = pods.computeIfAbsent(pod, any -> new long[2]);
          sums[0] += second;
          sums[1] += (long) activity(n, d, day, step) * settings.stepS();
        }
      }
    }
    long provisioned = (long) up * node.machine().devices() * HOUR_S * 100;
    long allocated = pods.values().stream().mapToLong(sums -> sums[0]).sum();
    long active = pods.values().stream().mapToLong(sums -> sums[1]).sum();
    expectedNodeDays.add(
        new Object[] {
          day,
          node.name(),
          node.instanceId(),
          node.machine().type(),
          up,
          hours(provisioned),
          hours(allocated),
          hours(active)
        });
    expectedIdleDays.add(idle(day, node, "node_idle", "", "", provisioned - allocated));
    for (Pod pod : cluster.pods()) {
      long[] sums = pods.get(pod);
      if (sums != null) {
        String workload = pod.namespace() + "/" + pod.name(day, cluster.random());
        expectedIdleDays.add(
            idle(day, node, "workload_idle", pod.team(), workload, sums[0] - sums[1]));
      }
    }
  }

  private static Object[] idle(
      LocalDate day, Node node, String kind, String team, String workload, long idle) {
    return new Object[] {day, node.name(), node.instanceId(), kind, team, workload, hours(idle)};
  }
}
