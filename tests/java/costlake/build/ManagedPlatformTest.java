package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.model.RelationName;
import costlake.testing.SparkHarness;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A managed platform that only its own folder knows: the lists below {@code
 * tests/sources/neocloud/reference} name its jobs and endpoints on the bill, a kind of use of its
 * own with its stage, and its records.
 */
class ManagedPlatformTest {
  private final SparkSession spark = SparkHarness.spark();
  private final ModelChain models = new ModelChain(spark);

  @Test
  void itsChargesHaveTheUseAndTheStageThatItsListsSay() {
    models.give(
        "allocation.allocated_charges",
        List.of(
            charge("a", "neocloud:jobs/distil-7", "10"),
            charge("b", "neocloud:endpoints/chat", "5"),
            charge("c", "neocloud:jobs/other-1", "3")));
    models.rows("economics.ledger");
    models.rows("economics.monthly_purposes");
    assertThat(
            texts(
                """
                select concat_ws(' ', allocation_id, use_kind, endpoint_id, linked_by, stage, cast(effective_cost as int))
                from economics__ledger"""))
        .containsExactlyInAnyOrder(
            "a distillation resource tune 10", "b inference chat resource serve 5", "c other 3");
    assertThat(
            texts(
                "select concat_ws(' ', used_for, cast(effective_cost as int)) from economics__monthly_purposes"))
        .containsExactlyInAnyOrder("training 10", "inference 5", "managed 3");
  }

  @Test
  void itsRecordOfAJobIsTheRunOfTheTrackerThatNamesTheJob() {
    models.give(
        "telemetry.tracked_runs",
        List.of(
            row(
                "platform",
                "neocloud",
                "run_id",
                "distil-7",
                "resource_id",
                "neocloud:jobs/distil-7"),
            row("platform", "mlflow", "run_id", "abc", "resource_id", "neocloud:jobs/distil-7")));
    models.build(RelationName.parse("telemetry.known_runs"));
    assertThat(texts("select concat_ws(' ', platform, run_id) from telemetry__known_runs"))
        .containsExactlyInAnyOrder("neocloud abc", "mlflow abc");
  }

  private List<String> texts(String sql) {
    return spark.sql(sql).as(Encoders.STRING()).collectAsList();
  }

  private static Map<String, @Nullable Object> charge(String id, String resource, String cost) {
    return row(
        "x_AllocationId",
        id,
        "x_ChargeId",
        id,
        "x_AllocationDate",
        "2026-09-14",
        "x_BillingMonth",
        "2026-09-01",
        "x_TeamId",
        "search",
        "x_CostKind",
        "direct",
        "ServiceCategory",
        "AI and Machine Learning",
        "BillingCurrency",
        "USD",
        "ResourceId",
        resource,
        "BilledCost",
        cost,
        "ContractedCost",
        cost,
        "EffectiveCost",
        cost,
        "ListCost",
        cost);
  }

  private static Map<String, @Nullable Object> row(String... namesAndValues) {
    Map<String, @Nullable Object> row = new HashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      row.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return row;
  }
}
