package costlake.telemetry.k8s;

import static costlake.telemetry.k8s.Answer.every;
import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.Config;
import costlake.config.Source;
import costlake.core.DeliveredFile;
import costlake.core.Delivery;
import costlake.core.Reject;
import costlake.telemetry.Telemetry;
import costlake.testing.SparkHarness;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TelemetryViewsTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 9, 14);
  private static final LocalDate SECOND = FIRST.plusDays(1);
  private static final int STEP_S = 300;
  private static final int DAY_S = 86_400;
  private static final String NODE = "node=n1,provider_id=aws:///us-east-1a/i-0abc";
  private static final String POD = "namespace=vision,pod=fit-0,node=n1";

  @TempDir Path folder;
  private SparkSession spark;
  private Config config;

  @BeforeEach
  void open() {
    spark = SparkHarness.spark().newSession();
    Source source =
        new Source(
            "train",
            "prometheus",
            folder.toString(),
            null,
            null,
            null,
            "train-use1",
            STEP_S,
            null,
            Map.of(),
            false,
            null,
            null);
    Config defaults = Config.defaults(folder);
    config =
        new Config(
            defaults.company(),
            defaults.lake(),
            defaults.spark(),
            defaults.limits(),
            defaults.maintenance(),
            defaults.statement(),
            defaults.close(),
            defaults.approvals(),
            defaults.watch(),
            defaults.mail(),
            defaults.serve(),
            List.of(source),
            List.of(),
            Map.of(),
            defaults.owners(),
            defaults.allocation(),
            defaults.budgets(),
            defaults.alertRoutes(),
            defaults.tagRules(),
            defaults.quotas(),
            defaults.acceleratorNames(),
            Map.of(),
            defaults.home());
  }

  @Test
  void viewsHaveTheRequestedDaysAndTheDeclaredTypes() {
    writeNode(FIRST, DAY_S);
    writeNode(SECOND, DAY_S);

    Telemetry.register(spark, config, deliveries(FIRST, SECOND), Set.of(SECOND));

    List<Row> rows =
        spark
            .sql(
                "select usage_date, count(*), min(hour_start), max(hour_start), sum(up_s),"
                    + " sum(cpu_capacity_core_s), min(provider_resource_id), min(labels['team'])"
                    + " from bronze__k8s_node_hours group by all")
            .collectAsList();
    assertThat(rows)
        .extracting(Row::toString)
        .containsExactly(
            "[2026-09-15,24,2026-09-15 00:00:00.0,2026-09-15 23:00:00.0,86400.000000000,"
                + "691200.000000000,aws:///us-east-1a/i-0abc,vision]");
    assertThat(spark.table("bronze__k8s_accelerator_hours").count()).isZero();
    assertThat(spark.table("bronze__k8s_workload_hours").count()).isZero();
    assertThat(spark.table("bronze__k8s_findings").count()).isZero();
  }

  @Test
  void viewsAreEmptyWithoutDeliveries() {
    Telemetry.register(spark, config, List.of(), Set.of(FIRST));

    for (KubernetesRelation relation : KubernetesRelation.values()) {
      assertThat(spark.table(relation.view()).columns())
          .contains("usage_date", "hour_start", "cluster_id");
      assertThat(spark.table(relation.view()).count()).isZero();
    }
  }

  @Test
  void intervalThatCrossesMidnightCountsOnBothDays() {
    pod(FIRST, DAY_S - 120 + ":2");
    pod(SECOND, "180:2");

    Telemetry.register(spark, config, deliveries(FIRST, SECOND), Set.of(FIRST, SECOND));

    assertThat(
            spark
                .sql(
                    "select hour_start, cpu_used_core_s from bronze__k8s_workload_hours"
                        + " order by hour_start")
                .collectAsList())
        .extracting(Row::toString)
        .containsExactly(
            "[2026-09-14 23:00:00.0,240.000000000]", "[2026-09-15 00:00:00.0,960.000000000]");
  }

  @Test
  void onlyTheDayWithDifferentContentHasChanged() {
    writeNode(FIRST, DAY_S);
    writeNode(SECOND, DAY_S);
    writeNode(SECOND.plusDays(1), DAY_S);
    Delivery first = delivery(FIRST, "1");
    Delivery second = delivery(SECOND, "1");
    Delivery third = delivery(SECOND.plusDays(1), "1");
    List<Delivery> before = List.of(first, second, third);

    assertThat(changed(before, before)).isEmpty();
    assertThat(changed(before, List.of(first, delivery(SECOND, "2"), third))).isEmpty();
    assertThat(changed(before, List.of(first, third))).containsExactly(SECOND);
    assertThat(changed(List.of(first), before)).containsExactly(SECOND, SECOND.plusDays(1));
  }

  @Test
  void dayThatCompletesAnIncreaseOfTheDayBeforeChangesBothDays() {
    counter(FIRST, DAY_S - 600 + ":0", DAY_S - 300 + ":10");
    counter(SECOND, "0:30", "300:40");

    assertThat(changed(deliveries(FIRST), deliveries(FIRST, SECOND)))
        .containsExactly(FIRST, SECOND);
  }

  @Test
  void findingsAreRowsOfRejects() {
    writeNode(FIRST, 3600);
    pod(FIRST, "0:10");

    Telemetry.register(spark, config, deliveries(FIRST), Set.of(FIRST));

    assertThat(Telemetry.findings(spark, 10))
        .containsExactly(
            new Reject(
                "train",
                "2026-09-14",
                "train-use1 2026-09-14T00:00Z vision/fit-0/n1",
                0,
                "cpu used above the capacity of the node (measured 3000.000000000) (used"
                    + " 2400.000000000)",
                ""));
    assertThat(Telemetry.findings(spark, 0)).isEmpty();
  }

  private Set<LocalDate> changed(List<Delivery> before, List<Delivery> after) {
    Map<String, Set<LocalDate>> byRelation = Telemetry.changedDays(config, before, after);
    assertThat(byRelation.keySet()).containsAll(new KubernetesFamily().relations());
    return byRelation.getOrDefault("bronze.k8s_node_hours", Set.of());
  }

  private void writeNode(LocalDate day, int until) {
    new Answer()
        .series(day, NODE, every(STEP_S, 0, until, "8"))
        .write(folder.resolve(day + "/node-capacity-cpu-cores.json"));
    new Answer()
        .series(day, "node=n1,label_team=vision", every(STEP_S, 0, until, "1"))
        .write(folder.resolve(day + "/node-labels.json"));
  }

  private void pod(LocalDate day, String... samples) {
    new Answer().series(day, POD, samples).write(folder.resolve(day + "/pod-usage-cpu-cores.json"));
  }

  private void counter(LocalDate day, String... samples) {
    new Answer()
        .series(day, POD + ",container=main", samples)
        .write(folder.resolve(day + "/container_cpu_usage_seconds_total.json"));
  }

  private List<Delivery> deliveries(LocalDate... days) {
    List<Delivery> deliveries = new ArrayList<>();
    for (LocalDate day : days) {
      deliveries.add(delivery(day, "first"));
    }
    return deliveries;
  }

  private Delivery delivery(LocalDate day, String id) {
    List<DeliveredFile> files =
        Answer.files(folder.resolve(day.toString())).stream()
            .map(path -> new DeliveredFile(path.toString(), 0, "", -1, 0))
            .toList();
    return new Delivery(
        "train", "prometheus", day, id, files, Instant.EPOCH, "run", Delivery.Status.CURRENT);
  }
}
