package costlake.report;

/** What the page about changes says and draws. */
public final class ChangesValues implements PageValues {
  @Override
  public void addTo(TemplateValues values) {
    values.add("causes", CauseFindings::new);
    values.add(
        "changes",
        (s, figures, words) -> new ChangesChart(figures, words).chart(s.changes("effect")));
  }
}
