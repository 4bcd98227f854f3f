package costlake.report;

/** What the page about serving says and draws. */
public final class ServingValues implements PageValues {
  @Override
  public void addTo(TemplateValues values) {
    values.add("serving", ServingFindings::new);
    values.add(
        "tokens",
        (s, figures, words) ->
            new TokenCostChart(figures, words)
                .chart(s.comparable("inference_months"), s.head().month()));
    values.addChart(
        "breakeven",
        (s, figures, words, width) ->
            new BreakEvenChart(figures, words, width).chart(s.rows("endpoints")));
  }
}
