package costlake.report;

/** What the page about commitments says. */
public final class CommitmentValues implements PageValues {
  @Override
  public void addTo(TemplateValues values) {
    values.add("commitments", CommitmentFindings::new);
  }
}
