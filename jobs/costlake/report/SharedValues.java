package costlake.report;

/** What the page about shared cost says. */
public final class SharedValues implements PageValues {
  @Override
  public void addTo(TemplateValues values) {
    values.add("pools", PoolFindings::new);
  }
}
