package costlake.report;

/** What the page about budgets and forecasts says. */
public final class ForecastValues implements PageValues {
  @Override
  public void addTo(TemplateValues values) {
    values.add("forecast", ForecastFindings::new);
  }
}
