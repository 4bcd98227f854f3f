package costlake.explain;

import java.util.List;

/**
 * How a relation names the columns that each line needs: as FOCUS does, or as Costlake's own tables
 * do.
 *
 * @param project project of a row; null in SQL if rows have no project
 * @param charge SQL for the columns of {@link ChargeSteps#COLUMNS} without line and money
 */
record RelationColumns(
    String month,
    String currency,
    String team,
    String project,
    String cost,
    String charge,
    boolean hasReceiver) {

  static RelationColumns of(List<String> names) {
    return names.contains("x_TeamId")
        ? new RelationColumns(
            "x_BillingMonth",
            "BillingCurrency",
            "x_TeamId",
            project(names, "x_ProjectId"),
            "EffectiveCost",
            "x_CostKind, x_OwnerRuleId, x_PoolId, AllocatedMethodId, x_ChargeId",
            false)
        : new RelationColumns(
            "billing_month",
            "billing_currency",
            "team_id",
            project(names, "project_id"),
            "effective_cost",
            "cost_kind as x_CostKind, owner_rule_id as x_OwnerRuleId, pool_id as x_PoolId,"
                + " allocated_method_id as AllocatedMethodId, charge_id as x_ChargeId",
            names.contains("receiver_id"));
  }

  private static String project(List<String> names, String column) {
    return names.contains(column) ? column : "null";
  }
}
