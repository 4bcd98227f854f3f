package costlake.assist;

import static costlake.assist.JsonValues.objects;
import static costlake.assist.JsonValues.ordered;

import costlake.serve.Answer;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Says where budgets stand, the most urgent first. */
final class BudgetsTool implements Tool {
  private static final int ROWS_MAX = 1000;

  private static final String STATUS =
      "select budget_id, budget_name, scope_kind, scope_value, period_kind, period_start,"
          + " period_end, measure, billing_currency, cost_basis, amount, actual, remaining,"
          + " share_used, billed_until, burn_7_days, breach_at_burn, thresholds"
          + " from governance.budget_status where %s order by actual > amount desc nulls last,"
          + " breach_at_burn nulls last, share_used desc nulls last, budget_id";

  @Override
  public String name() {
    return "budgets";
  }

  @Override
  public String description() {
    return "Says what each budget has used and what is left, the most urgent first. breach_at_burn"
        + " is the day on which the amount is reached if each day costs what the last seven billed"
        + " days cost (burn_7_days); it is no forecast. actual is null if it is unknown.";
  }

  @Override
  public Map<String, Object> parameters() {
    return Map.of(
        "month",
        Schemas.month(
            "Month YYYY-MM: the periods with its last day; default: the current periods"));
  }

  @Override
  public Map<String, Object> answer(Call call, Arguments arguments) {
    Answer status =
        arguments
            .month("month")
            .map(first -> ofDay(call, first.plusMonths(1).minusDays(1)))
            .orElseGet(() -> call.rows(STATUS.formatted("is_current"), ROWS_MAX, List.of()));
    return ordered("budgets", objects(status), "is_cut", status.isCut());
  }

  private static Answer ofDay(Call call, LocalDate day) {
    return call.rows(
        STATUS.formatted("? between period_start and period_end"), ROWS_MAX, List.of(day));
  }
}
