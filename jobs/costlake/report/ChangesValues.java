package costlake.report;

/** What the page about changes draws. */
public final class ChangesValues implements PageValues {
  @Override
  public void addTo(TemplateValues values) {
    values.add(
        "changes",
        (s, figures, words) -> new ChangesChart(figures, words).chart(s.changes("effect")));
  }
}
