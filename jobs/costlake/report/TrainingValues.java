package costlake.report;

/** What the page about training says and draws. */
public final class TrainingValues implements PageValues {
  @Override
  public void addTo(TemplateValues values) {
    values.add("training", TrainingFindings::new);
    values.add("strips", (s, figures, words) -> new RunStrips(s.rows("attempts"), figures, words));
    values.addChart(
        "scatter",
        (s, figures, words, width) ->
            new MetricChart(figures, words, width).chart(s.rows("run_metrics")));
  }
}
