package costlake.report;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;

/** Says which budget of a statement is the largest. */
final class BudgetFindings {
  private final List<PrintedRow> budgets;
  private final FigureFormat figures;
  private final StatementTexts words;

  BudgetFindings(Statement statement, FigureFormat figures, StatementTexts words) {
    this.budgets = statement.rows("budgets");
    this.figures = figures;
    this.words = words;
  }

  /** Names the largest budget. */
  public String lede() {
    PrintedRow largest =
        budgets.stream().max(Comparator.comparing(BudgetFindings::money)).orElseThrow();
    return words.say(
        "The largest budget is that of {0}: {1}.",
        SafeNames.plain(largest.text("budget_name")), figures.money(money(largest)));
  }

  private static BigDecimal money(PrintedRow budget) {
    return budget.decimal("budget_shown");
  }
}
