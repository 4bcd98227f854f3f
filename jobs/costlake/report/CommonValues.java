package costlake.report;

/** Sentences of several pages. */
public final class CommonValues implements PageValues {
  @Override
  public void addTo(TemplateValues values) {
    values.add("find", StatementFindings::new);
  }
}
