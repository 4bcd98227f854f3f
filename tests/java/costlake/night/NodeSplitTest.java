package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import costlake.lake.TableName;
import costlake.model.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs a night on nodes of Azure and Google: a scale set of two machines, and two machines with the
 * same name in two projects.
 */
@Tag("night")
class NodeSplitTest {
  private static final LocalDate DAY = LocalDate.of(2026, 9, 14);
  private static final int STEP_S = 300;
  private static final String SET =
      "/subscriptions/S/resourceGroups/MC_g/providers/Microsoft.Compute/virtualMachineScaleSets/pool";
  private static final String HEADER =
      "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingAccountId,"
          + "ProviderName,PublisherName,InvoiceIssuerName,ServiceCategory,ServiceName,"
          + "ChargeCategory,ChargeFrequency,ChargeDescription,ChargePeriodStart,ChargePeriodEnd,"
          + "BillingPeriodStart,BillingPeriodEnd,SubAccountId,AvailabilityZone,ResourceId,ResourceName\n";

  /** Tables in which a job without cost is a row. */
  private static final Set<String> OF_RUNS =
      Set.of(
          "economics.experiments",
          "economics.training_attempts",
          "economics.training_runs",
          "reporting.statement_quality",
          "reporting.statement_unpriced_runs");

  @TempDir Path folder;

  @Test
  void splitsEachChargeOverTheWorkloadsOfItsNode() {
    TinyCompany company = company().until(Layer.ALLOCATION);
    bills(company);
    cluster(
        company,
        "aks",
        new Node("aks-0", "azure://" + SET + "/virtualMachines/0", "vision/a", 8),
        new Node("aks-1", "azure://" + SET + "/virtualMachines/1", null, 0));
    cluster(
        company, "gke-a", new Node("pool-1", "gce://vision/us-central1-a/pool-1", "vision/b", 4));
    cluster(
        company, "gke-b", new Node("pool-1", "gce://search/us-central1-a/pool-1", "search/c", 8));

    company.night();

    // CPU is 60 % of the cost of a node without accelerators; no workload requests memory
    assertThat(
            company.ask(
                "select concat_ws(' ', ChargeDescription, coalesce(x_WorkloadId, x_CostKind),"
                    + " cast(EffectiveCost as decimal(9,2)))"
                    + " from allocation.allocated_charges where x_SourceId <> 'aws-payer'"
                    + " order by ChargeDescription, x_WorkloadId nulls last"))
        .containsExactly(
            "name of a machine vision/b 1.20",
            "name of a machine idle 2.80",
            "name without a project direct 8.00",
            "number of a machine search/c 3.60",
            "number of a machine idle 2.40",
            "scale set vision/a 3.00",
            "scale set idle 7.00");
  }

  /**
   * The job has the names of a cluster and of a node of Kubernetes, and as many cores as all pods
   * together. A pool is shared by CPU-hours.
   */
  @Test
  void aJobWhoseNodeIsOneOfKubernetesChangesNoCost() throws IOException {
    TinyCompany company = company();
    company.write(
        "conf/owners.yml",
        Files.readString(company.conf().resolve("owners.yml"))
            + """
            rules:
              - {id: search, kind: namespace, where: {namespace: search}, assign: {team: search}}
            """);
    company.write(
        "conf/allocation.yml",
        Files.readString(company.conf().resolve("allocation.yml"))
            + """
            pools:
              - {id: shared, name: Shared, where: {SubAccountId: pooled}, driver: cpu_hours, fallback: even}
            """);
    bills(company);
    company.write(
        "exports/google/2026-09/part-0.csv",
        HEADER + charge("5", "Google Cloud", "a pool", "pooled", "", "", ""));
    cluster(company, "aks", new Node("aks-1", "azure://" + SET + "/virtualMachines/1", null, 0));
    cluster(company, "gke-a", new Node("pool-1", "gce://v/us-central1-a/pool-1", "vision/b", 4));
    cluster(company, "gke-b", new Node("pool-1", "gce://s/us-central1-a/pool-1", "search/c", 8));
    company.night();
    Map<String, String> before = costs(company);

    company.write(
        "conf/sources.yml",
        Files.readString(company.conf().resolve("sources.yml"))
            + "  - {id: batch, kind: slurm, location: ../exports/slurm}\n");
    company.write(
        "exports/slurm/2026-09/jobs.psv",
        """
        JobIDRaw|Cluster|Account|Start|End|State|AllocTRES|NodeList
        1|gke-b|vision|%1$sT00:00:00|%1$sT12:00:00|COMPLETED|cpu=12,gres/gpu=8,mem=64G|pool-1
        """
            .formatted(DAY));
    company.night();

    assertThat(rows(company, "telemetry.workload_hours", "scheduler = 'slurm'")).isEqualTo(12);
    assertThat(
            rows(
                company,
                "telemetry.accelerator_hours",
                "scheduler = 'slurm' and allocated_s = 28800"))
        .isEqualTo(12);
    assertThat(costs(company)).isEqualTo(before);
    assertThat(rows(company, "economics.training_runs", "cost is null")).isEqualTo(1);
    assertThat(rows(company, "reporting.statement_unpriced_runs", "true")).isEqualTo(1);
  }

  private static long rows(TinyCompany company, String table, String condition) {
    return company.lake().read(TableName.parse(table)).where(condition).count();
  }

  private static Map<String, String> costs(TinyCompany company) {
    Map<String, String> content = company.content();
    content.keySet().removeIf(table -> table.startsWith("telemetry."));
    content.keySet().removeAll(List.of("allocation.job_nodes", "allocation.machine_names"));
    content.keySet().removeAll(OF_RUNS);
    return content;
  }

  private TinyCompany company() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    company.write(
        "conf/sources.yml",
        """
        sources:
          - {id: azure, kind: focus, location: ../exports/azure, provider: Microsoft}
          - {id: google, kind: focus, location: ../exports/google, provider: Google Cloud}
          - {id: aks, kind: prometheus, location: ../telemetry/aks, cluster: aks, step_s: 300}
          - {id: gke-a, kind: prometheus, location: ../telemetry/gke-a, cluster: gke-a, step_s: 300}
          - {id: gke-b, kind: prometheus, location: ../telemetry/gke-b, cluster: gke-b, step_s: 300}
        """);
    company.write(
        "conf/allocation.yml",
        """
        node_groups:
          - {id: aks, where: {cluster: aks}, method: fixed, idle: keep, idle_owner: platform}
          - {id: gke-a, where: {cluster: gke-a}, method: fixed, idle: keep, idle_owner: platform}
          - {id: gke-b, where: {cluster: gke-b}, method: fixed, idle: keep, idle_owner: platform}
        """);
    return company;
  }

  private static void bills(TinyCompany company) {
    company.write(
        "exports/azure/2026-09/part-0.csv",
        HEADER + charge("10", "Microsoft", "scale set", "", "", SET.toUpperCase(Locale.ROOT), ""));
    company.write(
        "exports/google/2026-09/part-0.csv",
        HEADER
            + charge(
                "4", "Google Cloud", "name of a machine", "vision", "us-central1-a", "pool-1", "")
            + charge(
                "6",
                "Google Cloud",
                "number of a machine",
                "search",
                "",
                "//compute.googleapis.com/projects/99/zones/us-central1-a/instances/4711",
                "pool-1")
            + charge(
                "8", "Google Cloud", "name without a project", "", "us-central1-a", "pool-1", ""));
  }

  private static String charge(
      String cost,
      String provider,
      String what,
      String project,
      String zone,
      String id,
      String name) {
    return "%1$s,%1$s,%1$s,%1$s,USD,account,%2$s,%2$s,%2$s,Compute,Machines,Usage,Usage-Based,%3$s,%4$sT00:00:00Z,%5$sT00:00:00Z,2026-09-01T00:00:00Z,2026-10-01T00:00:00Z,%6$s,%7$s,%8$s,%9$s\n"
        .formatted(cost, provider, what, DAY, DAY.plusDays(1), project, zone, id, name);
  }

  /** A node of eight cores for a day, with at most one workload that requests some of them. */
  private record Node(String name, String providerId, String workload, int cores) {}

  private static void cluster(TinyCompany company, String cluster, Node... nodes) {
    String day = "telemetry/%s/%s/".formatted(cluster, DAY);
    company.write(
        day + "node-capacity-cpu-cores.json",
        answer(
            List.of(nodes).stream()
                .map(node -> series("\"provider_id\":\"" + node.providerId() + "\"", node, 8))
                .toList()));
    company.write(
        day + "pod-request-cpu-cores.json",
        answer(
            List.of(nodes).stream()
                .filter(node -> node.workload() != null)
                .map(NodeSplitTest::request)
                .toList()));
  }

  private static String request(Node node) {
    int slash = node.workload().indexOf('/');
    return series(
        "\"namespace\":\"%s\",\"pod\":\"%s\""
            .formatted(node.workload().substring(0, slash), node.workload().substring(slash + 1)),
        node,
        node.cores());
  }

  private static String series(String labels, Node node, int value) {
    long start = DAY.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    return IntStream.rangeClosed(0, 86400 / STEP_S)
        .mapToObj(i -> "[%d,\"%d\"]".formatted(start + (long) i * STEP_S, value))
        .collect(
            Collectors.joining(
                ",",
                "{\"metric\":{\"node\":\"%s\",%s},\"values\":[".formatted(node.name(), labels),
                "]}"));
  }

  private static String answer(List<String> series) {
    return "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[%s]}}"
        .formatted(String.join(",", series));
  }
}
