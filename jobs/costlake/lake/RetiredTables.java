package costlake.lake;

import java.util.Set;

/**
 * Tables that earlier versions published and that no model makes any more. The next publication
 * leaves them out, so that nobody reads their old rows. Closed months still have their pins.
 */
final class RetiredTables {
  static final Set<String> NAMES =
      Set.of(
          "reporting.group_accelerators",
          "reporting.group_changes",
          "reporting.group_history",
          "reporting.group_idle_hours",
          "reporting.group_lines",
          "reporting.group_pools",
          "reporting.group_quality",
          "reporting.group_statements",
          "reporting.group_value",
          "reporting.group_workloads");

  private RetiredTables() {}
}
