package costlake.report;

/** What the first page says and draws of a statement. */
public final class SummaryValues implements PageValues {
  @Override
  public void addTo(TemplateValues values) {
    values.add("summary", SummaryFindings::new);
    values.add("invoices", InvoiceFindings::new);
    values.add("events", EventBridge::new);
    values.add("incidents", IncidentFindings::new);
    values.add(
        "actions", (s, figures, words) -> new StatementActions(s, figures, words).proposed());
    values.addChart(
        "daily", (s, figures, words, width) -> new DailyChart(s, figures, words, width).chart());
    values.addChart(
        "burn", (s, figures, words, width) -> new BurnChart(s, figures, words, width).chart());
  }
}
