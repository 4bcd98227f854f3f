package costlake.report;

/** What the page about the value of models says and draws. */
public final class LifeValues implements PageValues {
  @Override
  public void addTo(TemplateValues values) {
    values.add("value", ValueFindings::new);
    values.addChart(
        "lives",
        (s, figures, words, width) ->
            new LifeChart(figures, words, s.head().month(), width)
                .chart(s.rows("model_life"), s.rows("life_months")));
    values.add(
        "whole_lives",
        (s, figures, words) ->
            new LifeChart(figures, words, s.head().month(), Chart.WIDTH)
                .ofWholeLives(s.rows("model_life"), s.rows("life_months")));
  }
}
