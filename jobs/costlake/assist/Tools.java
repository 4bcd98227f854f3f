package costlake.assist;

import java.util.List;

/** The tools that assistants are offered. */
final class Tools {
  private Tools() {}

  static List<Tool> all(Explanations explanations) {
    return List.of(
        new TablesTool(),
        new QueryTool(),
        new StatementTool(),
        new BudgetsTool(),
        ListTool.incidents(),
        ListTool.approvals(),
        new ExplanationTool(explanations));
  }
}
