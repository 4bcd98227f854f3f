package costlake.report;

/** What the page about data quality says. */
public final class QualityValues implements PageValues {
  @Override
  public void addTo(TemplateValues values) {
    values.add("quality", (s, figures, words) -> new QualityFindings(s, words));
    values.add("unmeasured", UnmeasuredFindings::new);
  }
}
