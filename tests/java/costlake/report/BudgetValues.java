package costlake.report;

/** What the page about budgets says and draws. */
public final class BudgetValues implements PageValues {
  @Override
  public void addTo(TemplateValues values) {
    values.add("budgets", BudgetFindings::new);
    values.addChart(
        "budget_bars",
        (s, figures, words, width) -> new BudgetChart(figures, width).chart(s.rows("budgets")));
  }
}
