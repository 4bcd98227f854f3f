package costlake.report;

/** What the page about teams says. */
public final class TeamsValues implements PageValues {
  @Override
  public void addTo(TemplateValues values) {
    values.add("teams", TeamTable::new);
  }
}
