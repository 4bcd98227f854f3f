package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.audit.WrittenAudit;
import costlake.model.Audit;
import costlake.model.Contract;
import costlake.model.Graph;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.testing.SparkHarness;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks which rows each audit of the real models compares if only some days changed. */
class AuditScopeTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 8, 30);
  private static final LocalDate END = LocalDate.of(2026, 11, 1);

  private static final RelationName CHARGED = RelationName.parse("allocation.allocated_charges");

  private static SparkSession spark;
  private static Graph graph;

  /**
   * Tables without a mistake, so that no audit fails. The charge day, the billing month and the day
   * of use of some rows are in different months.
   */
  private static final Map<RelationName, Dataset<Row>> TABLES = new TreeMap<>();

  @BeforeAll
  static void tables() {
    spark = SparkHarness.spark();
    Functions.register(spark);
    graph = Models.below(Path.of(".")).compile();
    give(
        "focus.cost_and_usage",
        charge("in-september", "2026-09-30", "2026-09-01", "5"),
        charge("billed-later", "2026-09-30", "2026-10-01", "7"),
        charge("over-days", "2026-08-31", "2026-09-01", "10"),
        charge("node", "2026-09-30", "2026-10-01", "3"));
    give(
        "allocation.allocated_charges",
        allocated("in-september", "2026-09-30", "2026-09-30", "2026-09-01", "5"),
        allocated("billed-later", "2026-09-30", "2026-09-30", "2026-10-01", "7"),
        allocated("over-days", "2026-08-31", "2026-08-31", "2026-09-01", "4"),
        allocated("over-days", "2026-08-31", "2026-09-01", "2026-09-01", "6"),
        node("2026-09-30", "2026-10-01", "3"));
    give("economics.monthly_costs", month("2026-09-01", "15"), month("2026-10-01", "10"));
    Map<String, Object> use = Map.of("usage_date", "2026-09-30", "provider_resource_id", "i-1");
    give(
        "allocation.workload_owners",
        with(use, "workload_id", "ml/train", "accelerator_s", "3600", "team_id", "ads"));
    give("allocation.node_resources", with(use, "accelerator_s", "3600"));
    give(
        "allocation.idle_hours",
        with(use, "idle_kind", "workload_idle", "billing_currency", "USD", "effective_cost", "1"));
    give(
        "economics.accelerator_unit_costs",
        Map.of("usage_month", "2026-09-01", "billing_currency", "USD", "effective_cost", "3"));
    Map<String, Object> inference =
        Map.of("use_kind", "inference", "endpoint_id", "chat", "billing_currency", "USD");
    give(
        "economics.use_costs",
        with(inference, "usage_date", "2026-09-01", "effective_cost", "2"),
        with(inference, "usage_date", "2026-09-30", "effective_cost", "5"));
    give(
        "economics.endpoint_costs",
        Map.of(
            "usage_month",
            "2026-09-01",
            "endpoint_id",
            "chat",
            "billing_currency",
            "USD",
            "cost",
            "7"));
  }

  @Test
  void allTablesOfAScopedAuditAreCutByColumnsOfOneMeaning() {
    Map<String, String> scopes = new TreeMap<>();
    for (Audit audit : graph.audits()) {
      AuditScope scope = AuditScope.of(graph, audit);
      Set<String> columns = new TreeSet<>(scope.columns().values());
      if (columns.size() > 1) {
        scopes.put(audit.name(), scope.toString());
      }
    }
    assertThat(scopes)
        .isEqualTo(
            Map.of(
                "allocation_conserved",
                "allocation.allocated_charges by ChargePeriodStart, focus.cost_and_usage by"
                    + " x_ChargeDate",
                "commitments_conserved",
                "economics.commitment_costs by billing_month, focus.cost_and_usage by"
                    + " BillingPeriodStart",
                "monthly_costs_conserved",
                "allocation.allocated_charges by x_BillingMonth, economics.monthly_costs by"
                    + " billing_month",
                "accelerator_costs_are_counted_once",
                "allocation.allocated_charges by x_AllocationDate, allocation.node_resources by"
                    + " usage_date, allocation.workload_owners by usage_date,"
                    + " economics.accelerator_unit_costs by usage_month",
                "idle_costs_are_those_of_charges",
                "allocation.allocated_charges by x_AllocationDate, allocation.idle_hours by"
                    + " usage_date, allocation.node_resources by usage_date",
                "endpoint_costs_are_those_of_inference",
                "economics.endpoint_costs by usage_month, economics.use_costs by usage_date",
                "use_costs_conserved",
                "allocation.allocated_charges by x_AllocationDate, economics.use_costs by usage_date",
                "tag_charges_conserved",
                "allocation.allocated_charges by x_BillingMonth, governance.tag_charges by"
                    + " billing_month",
                "inference_of_receivers_adds_up",
                "economics.receiver_inference by billing_month, economics.use_costs by usage_date",
                "node_of_jobs_is_on_a_bill",
                "allocation.allocated_charges by x_AllocationDate, allocation.job_nodes by"
                    + " usage_date, allocation.node_resources by usage_date"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "allocation_conserved",
        "monthly_costs_conserved",
        "accelerator_costs_are_counted_once",
        "idle_costs_are_those_of_charges",
        "endpoint_costs_are_those_of_inference"
      })
  void tablesWithoutAMistakeHoldWhateverDayChanged(String name) {
    Audit audit = audit(name);
    AuditScope scope = AuditScope.of(graph, audit);
    Set<Partitions> compared = new LinkedHashSet<>();
    FIRST.datesUntil(END).forEach(day -> compared.add(compared(scope, Set.of(day))));
    assertThat(compared).hasSizeGreaterThan(1);
    for (Partitions days : compared) {
      assertThat(wrong(audit, days)).as(name + " over " + days).isEmpty();
    }
  }

  @Test
  void aMistakeIsFoundFromTheDayOnWhichItWasMade() {
    Dataset<Row> right = TABLES.get(CHARGED);
    try {
      TABLES.put(CHARGED, right.where("x_ChargeId <> 'over-days' or BilledCost <> 6"));
      LocalDate lost = LocalDate.of(2026, 9, 1);
      for (String name : List.of("allocation_conserved", "monthly_costs_conserved")) {
        AuditScope scope = AuditScope.of(graph, audit(name));
        Partitions days =
            scope.compared(
                graph,
                table -> table.equals(CHARGED) ? Partitions.of(Set.of(lost)) : Partitions.NONE,
                table -> List.of(TABLES.get(table), right));
        assertThat(wrong(audit(name), days)).as(name).hasSize(1);
      }
    } finally {
      TABLES.put(CHARGED, right);
    }
  }

  @Test
  void theRulesAcrossChargesAreAskedOfWholeMonths() {
    Audit audit = audit("focus_consistency");
    Partitions days = compared(AuditScope.of(graph, audit), Set.of(LocalDate.of(2026, 9, 2)));
    assertThat(days.days().orElseThrow())
        .contains(LocalDate.of(2026, 9, 1), LocalDate.of(2026, 9, 30))
        .doesNotContain(LocalDate.of(2026, 8, 31), LocalDate.of(2026, 10, 1));
  }

  @Test
  void oneThatReadsAViewOrTablesOfSeveralPartitionColumnsComparesAllRows() {
    assertThat(AuditScope.of(graph, unscoped("monthly_costs_conserved")).isAll()).isTrue();
    assertThat(AuditScope.of(graph, unscoped("cost_changes_conserved")).isAll()).isTrue();
    assertThat(AuditScope.of(graph, unscoped("groups_conserved")).isAll()).isFalse();
  }

  private static Audit unscoped(String name) {
    Audit a = audit(name);
    return new Audit(
        a.name(),
        a.level(),
        WrittenAudit.Scope.CHANGED,
        Map.of(),
        a.meaning(),
        a.next(),
        a.model(),
        a.isBeforeNight(),
        a.template(),
        a.origin(),
        a.references());
  }

  /** Returns the partitions that an audit compares if these days changed in every table. */
  private static Partitions compared(AuditScope scope, Set<LocalDate> days) {
    return scope.compared(
        graph,
        table ->
            Partitions.of(days).as(Contract.By.DAY, graph.model(table).contract().partition().by()),
        table -> List.of(TABLES.get(table)));
  }

  private static List<Row> wrong(Audit audit, Partitions days) {
    return Audits.wrong(spark, graph, audit, AuditScope.of(graph, audit), days, TABLES::get)
        .collectAsList();
  }

  private static Audit audit(String name) {
    return graph.audits().stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow();
  }

  @SafeVarargs
  private static void give(String table, Map<String, Object>... rows) {
    RelationName name = RelationName.parse(table);
    List<Map<String, Object>> all = new ArrayList<>();
    for (Map<String, Object> row : rows) {
      all.add(row);
    }
    TABLES.put(
        name, TypedRows.of(spark, TypedRows.schema(graph.columns(name)), all, "the test " + table));
  }

  private static Map<String, Object> charge(String id, String day, String month, String cost) {
    return with(
        costs(cost),
        "x_ChargeId",
        id,
        "x_ChargeDate",
        day,
        "ChargePeriodStart",
        day + " 10:00:00",
        "BillingPeriodStart",
        month + " 00:00:00");
  }

  private static Map<String, Object> allocated(
      String id, String charged, String on, String month, String cost) {
    Map<String, Object> row = charge(id, charged, month, cost);
    row.remove("x_ChargeDate");
    return with(row, "x_AllocationDate", on, "x_BillingMonth", month);
  }

  private static Map<String, Object> node(String day, String month, String cost) {
    return with(
        allocated("node", day, day, month, cost),
        "AllocatedMethodId",
        "node-request",
        "x_CostKind",
        "direct",
        "x_NodeId",
        "i-1",
        "x_WorkloadIdleCost",
        "1",
        "x_WorkloadId",
        "ml/train",
        "x_TeamId",
        "ads");
  }

  private static Map<String, Object> costs(String cost) {
    return with(
        Map.of("BillingCurrency", "USD"),
        "BilledCost",
        cost,
        "EffectiveCost",
        cost,
        "ListCost",
        cost,
        "ContractedCost",
        cost);
  }

  private static Map<String, Object> month(String month, String cost) {
    return with(
        Map.of("billing_month", month, "billing_currency", "USD"),
        "billed_cost",
        cost,
        "effective_cost",
        cost,
        "list_cost",
        cost,
        "contracted_cost",
        cost);
  }

  private static Map<String, Object> with(Map<String, Object> row, String... more) {
    Map<String, Object> all = new LinkedHashMap<>(row);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }
}
