package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.testing.SparkHarness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The ledger over random charges of machines, resources and pools: the uses of each charge add up
 * to it to the last digit, and so do the ledger and the costs that are stored.
 */
class LedgerTest {
  private static final String RUN = "arn:aws:sagemaker:us-east-1:1:training-job/r";
  private static final String ENDPOINT = "arn:aws:sagemaker:us-east-1:1:endpoint/e";
  private static final String MACHINE = "vm";

  /** Charges of which the uses have more or less than the whole. */
  private static final String OF_CHARGES =
      """
      select *
      from (
          select
              x_AllocationId, BilledCost, ContractedCost, EffectiveCost, ListCost, sum(billed_cost) as billed,
              sum(contracted_cost) as contracted, sum(effective_cost) as effective, sum(list_cost) as listed
          from allocated
          left join ledger on x_AllocationId = allocation_id
          group by all
      )
      where BilledCost is distinct from billed or ContractedCost is distinct from contracted
          or EffectiveCost is distinct from effective or ListCost is distinct from listed""";

  /** Uses of which the stored cost is not the sum of the ledger. */
  private static final String OF_USES =
      """
      select *
      from (
          select %1$s, sum(side * cost) as difference, count(*) as sides
          from (
              select %1$s, 1 as side, sum(effective_cost) as cost from uses group by all
              union all
              select %1$s, -1, sum(effective_cost) from ledger group by all
          )
          group by all
      )
      where difference <> 0 or sides <> 2"""
          .formatted(
              "usage_date, billing_month, run_id, attempt, endpoint_id, team_id, model_id, cost_kind, linked_by,"
                  + " link_problem, workload_id");

  /** Charges of a machine that runs had for a part of the time. */
  private static final String SHARED_MACHINE =
      """
      select allocation_id
      from ledger
      join allocated on allocation_id = x_AllocationId
      where ResourceId = 'vm'
      group by all
      having count(run_id) > 0 and count_if(run_id is null) > 0""";

  private final SparkSession spark = SparkHarness.spark();
  private Random random = new Random();

  @ParameterizedTest
  @ValueSource(longs = {15, 16, 17})
  void usesAndChargesComeOutWhole(long seed) {
    random = new Random(seed);
    ModelChain models = new ModelChain(spark);
    models.give("reference.billed_uses", rules());
    models.give("telemetry.run_attempts", attempts());
    models.give("telemetry.run_hours", hours());
    models.give("telemetry.workload_hours", workloads());
    models.give("allocation.allocated_charges", charges());
    models.rows("economics.use_costs").createOrReplaceTempView("uses");
    models.rows("economics.ledger").createOrReplaceTempView("ledger");
    models.rows("allocation.allocated_charges").createOrReplaceTempView("allocated");
    assertThat(spark.sql(OF_USES).collectAsList()).isEmpty();
    assertThat(spark.sql(OF_CHARGES).collectAsList()).isEmpty();
    assertThat(spark.sql("select distinct linked_by, link_problem from ledger").count())
        .as("kinds of links")
        .isGreaterThanOrEqualTo(6);
    assertThat(spark.sql(SHARED_MACHINE).count()).as("charges of a shared machine").isPositive();
  }

  private static List<Map<String, @Nullable Object>> rules() {
    return List.of(
        row("rank", "1", "resource", ":training-job/", "use_kind", "training", "is_run", "true"),
        row(
            "rank",
            "2",
            "resource",
            ":endpoint/",
            "use_kind",
            "inference",
            "is_run",
            "false",
            "endpoint",
            ":endpoint/([^/]+)"),
        row("rank", "3", "unit", "Tokens$", "use_kind", "inference", "is_run", "false"));
  }

  /**
   * Eight runs of two attempts; each has a job, runs 4 and 5 the same, and runs 6 and 7 have a
   * machine, one after the other.
   */
  private List<Map<String, @Nullable Object>> attempts() {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (int run = 0; run < 8; run++) {
      for (int attempt = 1; attempt <= 2; attempt++) {
        String day = "2026-09-0" + attempt;
        rows.add(
            row(
                "run_id",
                "r" + run,
                "attempt",
                Integer.toString(attempt),
                "run_kind",
                "training",
                "model_id",
                run % 2 == 0 ? "m" + run : null,
                "resource_id",
                run > 5 ? MACHINE : RUN + Math.min(run, 4),
                "started_at",
                "%s %02d:00:00".formatted(day, run < 7 ? random.nextInt(9) : 20),
                "ended_at",
                "%s %02d:00:00".formatted(day, run < 7 ? 10 + random.nextInt(9) : 22)));
      }
    }
    return rows;
  }

  /** Runs 0 to 2 have hours of workloads on several machines; some hours have two claims. */
  private List<Map<String, @Nullable Object>> hours() {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      int attempt = 1 + random.nextInt(2);
      String day = "2026-09-0" + attempt;
      rows.add(
          row(
              "run_id",
              "r" + random.nextInt(3),
              "attempt",
              Integer.toString(attempt),
              "usage_date",
              day,
              "hour_start",
              "%s %02d:00:00".formatted(day, random.nextInt(24)),
              "workload_id",
              "w" + random.nextInt(3),
              "provider_resource_id",
              "i-" + random.nextInt(3),
              "accelerator_s",
              Integer.toString(random.nextInt(3600)),
              "held_s",
              "3600",
              "claims",
              random.nextInt(9) == 0 ? "2" : "1"));
    }
    return rows;
  }

  /** Workloads that no run claims: part of the time of w0 to w2, an endpoint and a notebook. */
  private List<Map<String, @Nullable Object>> workloads() {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int workload = random.nextInt(5);
      String day = "2026-09-0" + (1 + random.nextInt(2));
      rows.add(
          row(
              "usage_date",
              day,
              "hour_start",
              "%s %02d:00:00".formatted(day, random.nextInt(24)),
              "workload_id",
              "w" + workload,
              "workload_kind",
              List.of("pod", "pod", "pod", "endpoint", "notebook").get(workload),
              "endpoint_id",
              workload == 3 && random.nextBoolean() ? "chat" : null,
              "provider_resource_id",
              "i-" + random.nextInt(3),
              "accelerator_requested_s",
              "3600",
              "held_s",
              "3600"));
    }
    return rows;
  }

  private List<Map<String, @Nullable Object>> charges() {
    return IntStream.range(0, 600).mapToObj(this::charge).toList();
  }

  private Map<String, @Nullable Object> charge(int number) {
    Map<String, @Nullable Object> row =
        row(
            "x_AllocationId",
            "a" + number,
            "x_ChargeId",
            "c" + number / 3,
            "x_AllocationDate",
            "2026-09-0" + (1 + random.nextInt(2)),
            "x_BillingMonth",
            "2026-0%d-01".formatted(8 + random.nextInt(2)),
            "x_TeamId",
            "t" + random.nextInt(2),
            "x_CostKind",
            "direct",
            "ServiceCategory",
            random.nextInt(4) == 0 ? "Storage" : "Compute",
            "BillingCurrency",
            "USD",
            "EffectiveCost",
            money());
    row.putAll(place());
    List.of("BilledCost", "ContractedCost", "ListCost").forEach(cost -> row.put(cost, money()));
    return row;
  }

  /** A workload on a machine, a resource of a run, an endpoint, a pool, or a bucket. */
  private Map<String, @Nullable Object> place() {
    String model = random.nextBoolean() ? "tagged" + random.nextInt(2) : null;
    return switch (random.nextInt(8)) {
      case 0, 1 ->
          row(
              "x_NodeId",
              "i-" + random.nextInt(4),
              "x_WorkloadId",
              "w" + random.nextInt(6),
              "x_CostKind",
              random.nextInt(4) == 0 ? "idle" : "direct",
              "x_ModelId",
              model);
      case 2 -> row("ResourceId", RUN + random.nextInt(6), "x_ModelId", model);
      case 3 -> row("ResourceId", ENDPOINT + random.nextInt(2), "x_ModelId", model);
      case 4 -> row("x_CostKind", "shared", "x_PoolId", "logs");
      case 5 ->
          row("ResourceId", MACHINE, "x_CostKind", random.nextBoolean() ? "direct" : "credit");
      case 6 -> row("ServiceName", "Chat", "PricingUnit", "1000 Tokens", "x_ModelId", model);
      default -> row("ResourceId", "bucket", "x_ModelId", model);
    };
  }

  private String money() {
    String digits =
        IntStream.range(0, 21).mapToObj(i -> "" + random.nextInt(10)).reduce("", String::concat);
    return random.nextInt(100) + "." + digits;
  }

  private static Map<String, @Nullable Object> row(@Nullable String... namesAndValues) {
    Map<String, @Nullable Object> row = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return row;
  }
}
