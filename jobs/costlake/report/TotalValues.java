package costlake.report;

/** What the page about the total draws. */
public final class TotalValues implements PageValues {
  @Override
  public void addTo(TemplateValues values) {
    values.add(
        "bridge",
        (s, figures, words) ->
            new BridgeChart(figures, words).chart(s.lines("bridge"), s.head().total()));
  }
}
