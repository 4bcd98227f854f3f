package costlake.report;

/** What the page about accelerators says and draws. */
public final class AcceleratorValues implements PageValues {
  @Override
  public void addTo(TemplateValues values) {
    values.add("accelerators", AcceleratorFindings::new);
    values.add("hours", AcceleratorHours::new);
    values.add("team_prices", TeamPriceFindings::new);
    values.add("hour_bars", HourBars::new);
    values.addChart(
        "bars",
        (s, figures, words, width) ->
            new AcceleratorChart(figures, words, width).chart(s.rows("accelerators")));
    values.addChart(
        "clock",
        (s, figures, words, width) ->
            new IdleHoursChart(figures, words, width)
                .chart(s.rows("idle_hours"), s.rows("idle_calendar"), text(s, figures, words)));
    values.add(
        "calendar",
        (s, figures, words) ->
            new IdleHoursChart(figures, words, Chart.NARROW)
                .calendar(s.rows("idle_calendar"), text(s, figures, words)));
  }

  /** Returns what the chart of idle hours shows; months that were closed early have no hours. */
  private static String text(Statement s, FigureFormat figures, StatementTexts words) {
    String idlest = new AcceleratorFindings(s, figures, words).idlest();
    return idlest.isEmpty() ? words.say("When they stood idle") : idlest;
  }
}
