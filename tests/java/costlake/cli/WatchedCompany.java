package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import costlake.model.Layer;
import costlake.night.TinyCompany;
import costlake.testing.PrometheusProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A company with one node of eight A100 that costs USD 240 a day, USD 1.25 per accelerator-hour. A
 * night has read its 14th of September from files; a real Prometheus has later samples.
 */
final class WatchedCompany {
  static final LocalDate DAY = LocalDate.of(2026, 9, 14);
  static final int STEP_S = 300;
  private static final int DEVICES = 8;
  private static final String MACHINE = "/virtualMachines/0";
  private static final String SET =
      "/subscriptions/S/resourceGroups/g/providers/Microsoft.Compute/virtualMachineScaleSets/pool";
  private static final String HEADER =
      "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingAccountId,"
          + "ProviderName,PublisherName,InvoiceIssuerName,ServiceCategory,ServiceName,"
          + "ChargeCategory,ChargeFrequency,ChargeDescription,ChargePeriodStart,ChargePeriodEnd,"
          + "BillingPeriodStart,BillingPeriodEnd,ResourceId\n";

  /**
   * A pod that holds successive accelerators from a second of the day until another.
   *
   * @param owner kind and name of its controller, e.g. {@code PyTorchJob fit-1}; or a label
   * @param first number of its first accelerator
   * @param active utilisation of each
   */
  record Pod(
      String name, String owner, int first, int count, String active, int fromS, int untilS) {
    String namespace() {
      return name.substring(0, name.indexOf('/'));
    }

    boolean holds(int device) {
      return device >= first && device < first + count;
    }

    String labels() {
      return "namespace=\"%s\",pod=\"%s\""
          .formatted(namespace(), name.substring(name.indexOf('/') + 1));
    }
  }

  /** Samples of the metrics that exporters have, in the format of OpenMetrics. */
  private static final class Exposed {
    private final LocalDate day;
    private final List<String> lines = new ArrayList<>();

    Exposed(LocalDate day) {
      this.day = day;
    }

    void gauge(String name, String labels, String value, int fromS, int untilS) {
      long midnight = day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
      for (int second = fromS; second < untilS; second += STEP_S) {
        lines.add("%s{%s} %s %d".formatted(name, labels, value, midnight + second));
      }
    }

    void node(int fromS, int untilS) {
      gauge(
          "kube_node_info",
          "node=\"n1\",provider_id=\"azure://%s%s\"".formatted(SET, MACHINE),
          "1",
          fromS,
          untilS);
      gauge("kube_node_status_capacity", "node=\"n1\",resource=\"cpu\"", "96", fromS, untilS);
      gauge(
          "kube_node_status_capacity",
          "node=\"n1\",resource=\"nvidia_com_gpu\"",
          "8",
          fromS,
          untilS);
    }

    /** Shows a device while no pod holds it. */
    void free(int number, int fromS, int untilS, List<Pod> pods) {
      int start = fromS;
      for (Pod pod : pods.stream().filter(pod -> pod.holds(number)).toList()) {
        device(number, start, pod.fromS, "", "0");
        start = pod.untilS;
      }
      device(number, start, untilS, "", "0");
    }

    void device(int number, int fromS, int untilS, String holder, String active) {
      String device =
          "Hostname=\"n1\",UUID=\"GPU-%d\",modelName=\"NVIDIA A100-SXM4-40GB\"%s"
              .formatted(number, holder);
      gauge("DCGM_FI_DEV_FB_USED", device, "512", fromS, untilS);
      gauge("DCGM_FI_PROF_GR_ENGINE_ACTIVE", device, active, fromS, untilS);
    }

    void pod(Pod pod) {
      gauge(
          "kube_pod_status_phase", pod.labels() + ",phase=\"Running\"", "1", pod.fromS, pod.untilS);
      gauge(
          "kube_pod_container_resource_requests",
          pod.labels() + ",node=\"n1\",container=\"main\",resource=\"nvidia_com_gpu\"",
          Integer.toString(pod.count),
          pod.fromS,
          pod.untilS);
      if (pod.owner.startsWith("label_")) {
        gauge("kube_pod_labels", pod.labels() + "," + pod.owner, "1", pod.fromS, pod.untilS);
      } else if (!pod.owner.isEmpty()) {
        gauge(
            "kube_pod_owner",
            pod.labels()
                + ",owner_kind=\"%s\",owner_name=\"%s\",owner_is_controller=\"true\""
                    .formatted((Object[]) pod.owner.split(" ", 2)),
            "1",
            pod.fromS,
            pod.untilS);
      }
      for (int number = pod.first; number < pod.first + pod.count; number++) {
        String holder = ",exported_" + pod.labels().replace(",pod", ",exported_pod");
        device(number, pod.fromS, pod.untilS, holder, pod.active);
      }
    }
  }

  final TinyCompany company;
  private final Path folder;

  WatchedCompany(Path folder) {
    this.folder = folder;
    this.company = new TinyCompany(folder, LakeConfig.Format.ICEBERG).until(Layer.ECONOMICS);
    company.write("conf/owners.yml", owners());
    company.write(
        "conf/allocation.yml",
        """
        node_groups:
          - {id: train, where: {cluster: train}, method: fixed, idle: keep, idle_owner: platform}
        """);
  }

  String owners() {
    return """
        last_resort: {team: platform}
        teams:
          - {id: platform, name: Platform}
          - {id: search, name: Search}
          - {id: vision, name: Vision}
        rules:
          - {id: vision, kind: namespace, where: {namespace: vision}, assign: {team: vision, project: ranker}}
          - {id: search, kind: namespace, where: {namespace: search}, assign: {team: search}}
        """;
  }

  /** Configures the sources; the night reads files, and a watch the server. */
  void watching(PrometheusProcess prometheus) {
    company.write(
        "conf/sources.yml",
        """
        sources:
          - {id: azure, kind: focus, location: ../exports/azure, provider: Microsoft}
          - {id: train, kind: prometheus, location: ../telemetry/train, cluster: train, step_s: %d}
        """
            .formatted(STEP_S));
    company.write(
        "conf/costlake.yml", "watch: {urls: {train: '%s'}}\n".formatted(prometheus.address()));
  }

  /** Delivers the bill of a day. */
  void bill(LocalDate day) {
    write(day, line(day, "240", day + "T00:00:00Z", day.plusDays(1) + "T00:00:00Z"));
  }

  /** Delivers the bill of some hours of a day. */
  void bill(LocalDate day, int firstHour, int lastHour) {
    write(
        day,
        IntStream.rangeClosed(firstHour, lastHour)
            .mapToObj(
                hour ->
                    line(
                        day,
                        "10",
                        "%sT%02d:00:00Z".formatted(day, hour),
                        "%sT%02d:00:00Z".formatted(day, hour + 1)))
            .collect(Collectors.joining()));
  }

  private void write(LocalDate day, String lines) {
    company.write(
        "exports/azure/%s/part-%s.csv".formatted(YearMonth.from(day), day), HEADER + lines);
  }

  private static String line(LocalDate day, String cost, String from, String until) {
    YearMonth month = YearMonth.from(day);
    return "%1$s,%1$s,%1$s,%1$s,USD,account,Microsoft,Microsoft,Microsoft,Compute,Machines,Usage,Usage-Based,node,%2$s,%3$s,%4$s-01T00:00:00Z,%5$s-01T00:00:00Z,%6$s\n"
        .formatted(cost, from, until, month, month.plusMonths(1), SET.toUpperCase(Locale.ROOT));
  }

  /** Returns samples of a day on which these pods ran and the node was there. */
  static List<String> samples(LocalDate day, int fromS, int untilS, List<Pod> pods) {
    Exposed exposed = new Exposed(day);
    exposed.node(fromS, untilS);
    pods.forEach(exposed::pod);
    for (int number = 0; number < DEVICES; number++) {
      exposed.free(number, fromS, untilS, pods);
    }
    return exposed.lines;
  }

  /** Starts a server that has these samples. */
  PrometheusProcess serve(List<String> samples) throws Exception {
    Path place = Files.createDirectories(folder.resolve("prometheus"));
    Path metrics =
        Files.writeString(
            place.resolve("metrics.txt"),
            samples.stream().sorted().collect(Collectors.joining("\n", "", "\n# EOF\n")));
    run(
        place,
        "promtool",
        "tsdb",
        "create-blocks-from",
        "openmetrics",
        metrics,
        place.resolve("data"));
    return PrometheusProcess.start(place, "scrape_configs: []\n");
  }

  private static void run(Path place, Object... command) throws IOException, InterruptedException {
    Path log = place.resolve("promtool.log");
    Process process =
        new ProcessBuilder(List.of(command).stream().map(Object::toString).toList())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
  }

  /** Delivers a day of telemetry as the files that the server answers with. */
  void deliver(PrometheusProcess prometheus, LocalDate day) {
    prometheus.asSource(STEP_S).fetch(day, company.file("telemetry/train/" + day));
  }

  static Instant at(String time) {
    return Instant.parse(time);
  }
}
