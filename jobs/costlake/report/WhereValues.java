package costlake.report;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What the page about uses and services draws. */
public final class WhereValues implements PageValues {
  @Override
  public void addTo(TemplateValues values) {
    values.add("history", (s, figures, words) -> chart(s, "history", figures, words));
    values.add("uses", (s, figures, words) -> chart(s, "use_months", figures, words));
  }

  private static @Nullable Chart chart(
      Statement s, String table, FigureFormat figures, StatementTexts words) {
    boolean compares = new StatementFindings(s, figures, words).history() == null;
    LocalDate since = compares ? null : s.splitSince();
    return new HistoryChart(figures, words).chart(s.comparable(table), s.head().month(), since);
  }
}
