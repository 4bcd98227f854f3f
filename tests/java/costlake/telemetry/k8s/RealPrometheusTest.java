package costlake.telemetry.k8s;

import static costlake.telemetry.k8s.Answer.every;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import costlake.testing.PrometheusProcess;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries a day from a real Prometheus that has two hours of samples of a small cluster. */
class RealPrometheusTest {
  private static final LocalDate DAY = LocalDate.of(2026, 9, 14);
  private static final int QUERIES = 32;
  private static final int STEP_S = 300;
  private static final int UNTIL_S = 7200;
  private static final String DEVICE =
      "Hostname=\"n1\",UUID=\"GPU-1\",modelName=\"Tesla T4\",gpu=\"0\",device=\"nvidia0\"";
  private static final String HELD =
      ",exported_namespace=\"vision\",exported_pod=\"fit-0\",namespace=\"gpu\",pod=\"exporter-1\"";

  @TempDir static Path folder;
  private static PrometheusProcess prometheus;

  private record Metrics(String name, List<String> samples) {
    void gauge(String labels, int stepS, int untilS, String value) {
      long midnight = DAY.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
      for (int second = 0; second < untilS; second += stepS) {
        samples.add(name + "{" + labels + "} " + value + " " + (midnight + second));
      }
    }

    void counter(String labels, int stepS, int untilS, int perStep) {
      long midnight = DAY.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
      for (int second = 0; second < untilS; second += stepS) {
        int value = second / stepS * perStep;
        samples.add(name + "{" + labels + "} " + value + " " + (midnight + second));
      }
    }
  }

  @BeforeAll
  static void start() throws Exception {
    PrometheusProcess.assumeInstalled();
    Path metrics = Files.writeString(folder.resolve("metrics.txt"), openMetrics());
    Path data = folder.resolve("data");
    run(
        "promtool",
        "tsdb",
        "create-blocks-from",
        "openmetrics",
        metrics.toString(),
        data.toString());
    prometheus = PrometheusProcess.start(folder, "scrape_configs: []\n");
  }

  @AfterAll
  static void stop() throws InterruptedException {
    if (prometheus != null) {
      prometheus.close();
    }
  }

  @Test
  void serverGivesTheSameHoursAsResponseFiles() {
    Path live = folder.resolve("live");
    List<Path> asked = prometheus.asSource(STEP_S).fetch(DAY, live);
    Path files = folder.resolve("files");
    writeFiles(files);

    assertThat(asked).hasSize(QUERIES);
    HoursOfDay ours = Answer.hours(DAY, STEP_S, live);
    HoursOfDay same = Answer.hours(DAY, STEP_S, files);
    assertThat(ours.nodes()).hasSize(2).isEqualTo(same.nodes());
    assertThat(ours.accelerators()).hasSize(2).isEqualTo(same.accelerators());
    assertThat(ours.workloads())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("cpuUsedCoreS")
        .hasSize(2)
        .isEqualTo(same.workloads());
    assertThat(ours.findings()).isEmpty();
  }

  @Test
  void serverComputesTheRates() {
    Path live = folder.resolve("rates");
    prometheus.asSource(STEP_S).fetch(DAY, live);

    assertThat(Answer.hours(DAY, STEP_S, live).workloads())
        .hasSize(2)
        .allSatisfy(
            hour ->
                assertThat(hour.cpuUsedCoreS())
                    .isCloseTo(new BigDecimal("1800"), within(new BigDecimal("0.001"))));
  }

  private static String openMetrics() {
    List<String> lines = new ArrayList<>();
    gauge(lines, "kube_node_info", "node=\"n1\",provider_id=\"aws:///us-east-1a/i-0abc\"", "1");
    gauge(lines, "kube_node_status_capacity", "node=\"n1\",resource=\"cpu\"", "8");
    gauge(lines, "kube_node_status_capacity", "node=\"n1\",resource=\"memory\"", "33237303296");
    gauge(lines, "kube_node_status_capacity", "node=\"n1\",resource=\"nvidia_com_gpu\"", "1");
    gauge(
        lines,
        "kube_node_labels",
        "node=\"n1\",label_node_kubernetes_io_instance_type=\"g4dn.2xlarge\"",
        "1");
    String pod = "namespace=\"vision\",pod=\"fit-0\"";
    gauge(lines, "kube_pod_status_phase", pod + ",phase=\"Running\"", "1");
    gauge(
        lines, "kube_pod_status_phase", "namespace=\"vision\",pod=\"old\",phase=\"Running\"", "0");
    String requests = "kube_pod_container_resource_requests";
    gauge(lines, requests, pod + ",node=\"n1\",container=\"main\",resource=\"cpu\"", "1.5");
    gauge(lines, requests, pod + ",node=\"n1\",container=\"side\",resource=\"cpu\"", "0.5");
    gauge(lines, requests, pod + ",node=\"n1\",container=\"main\",resource=\"memory\"", "1024");
    gauge(
        lines, requests, pod + ",node=\"n1\",container=\"main\",resource=\"nvidia_com_gpu\"", "1");
    gauge(
        lines,
        requests,
        "namespace=\"vision\",pod=\"old\",node=\"n1\",container=\"main\",resource=\"cpu\"",
        "4");
    gauge(lines, "kube_pod_labels", pod + ",label_team=\"vision\"", "1");
    gauge(
        lines,
        "kube_pod_owner",
        pod + ",owner_kind=\"PyTorchJob\",owner_name=\"fit\",owner_is_controller=\"true\"",
        "1");
    gauge(lines, "container_memory_usage_bytes", pod + ",node=\"n1\",container=\"main\"", "2048");
    Metrics cpu = new Metrics("container_cpu_usage_seconds_total", lines);
    cpu.counter(pod + ",node=\"n1\",container=\"main\"", 60, UNTIL_S, 30);
    gauge(lines, "DCGM_FI_DEV_FB_USED", DEVICE + HELD, "512");
    gauge(lines, "DCGM_FI_PROF_GR_ENGINE_ACTIVE", DEVICE + HELD, "0.75");
    Metrics energy = new Metrics("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION", lines);
    energy.counter(DEVICE + HELD, STEP_S, UNTIL_S, 15_000_000);
    lines.add("# EOF");
    return String.join("\n", lines) + "\n";
  }

  private static void gauge(List<String> lines, String name, String labels, String value) {
    new Metrics(name, lines).gauge(labels, STEP_S, UNTIL_S, value);
  }

  private static void writeFiles(Path folder) {
    String node = "node=n1,provider_id=aws:///us-east-1a/i-0abc";
    String pod = "namespace=vision,pod=fit-0,node=n1";
    String device = "Hostname=n1,UUID=GPU-1,modelName=Tesla T4";
    file(folder, "node-capacity-cpu-cores", node, "8");
    file(folder, "node-capacity-memory-bytes", node, "33237303296");
    file(folder, "node-capacity-accelerators", node + ",resource=nvidia_com_gpu", "1");
    file(folder, "node-labels", "node=n1,label_node_kubernetes_io_instance_type=g4dn.2xlarge", "1");
    file(folder, "pod-request-cpu-cores", pod, "2");
    file(folder, "pod-request-memory-bytes", pod, "1024");
    file(folder, "pod-request-accelerators", pod + ",resource=nvidia_com_gpu", "1");
    file(folder, "pod-usage-memory-bytes", pod, "2048");
    file(folder, "pod-labels", "namespace=vision,pod=fit-0,label_team=vision", "1");
    file(
        folder,
        "pod-owner",
        "namespace=vision,pod=fit-0,owner_kind=PyTorchJob,owner_name=fit",
        "1");
    file(folder, "DCGM_FI_DEV_FB_USED", device, "512");
    file(folder, "DCGM_FI_PROF_GR_ENGINE_ACTIVE", device, "0.75");
    file(
        folder,
        "nvidia-gpu-pod-uptime",
        device + ",exported_namespace=vision,exported_pod=fit-0",
        "1");
    new Answer()
        .series(
            DAY,
            device,
            Stream.of(every(STEP_S, 0, UNTIL_S, ""))
                .map(sample -> sample + Integer.parseInt(sample.replace(":", "")) * 50_000L)
                .toArray(String[]::new))
        .write(folder.resolve("DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION.json"));
  }

  private static void file(Path folder, String metric, String labels, String value) {
    new Answer()
        .series(DAY, labels, every(STEP_S, 0, UNTIL_S, value))
        .write(folder.resolve(metric + ".json"));
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("promtool.log").toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(folder.resolve("promtool.log"))).isZero();
  }
}
