package costlake.explain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The tables that explanations read. */
class PrintedLinesTest {
  @Test
  void readsTheTablesOfThePagesAndOfTheirQueries() {
    assertThat(Explain.reads())
        .containsExactlyInAnyOrder(
            "allocation.allocated_charges",
            "allocation.idle_hours",
            "allocation.workload_owners",
            "economics.receiver_cost_changes",
            "economics.statement_costs",
            "focus.cost_and_usage",
            "reporting.statement_accelerators",
            "reporting.statement_changes",
            "reporting.statement_lines",
            "reporting.statement_pools",
            "reporting.statement_value",
            "reporting.statement_workloads",
            "reporting.statements",
            "telemetry.node_hours");
  }
}
