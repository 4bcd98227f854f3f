package costlake.report;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** What the part of a page about uses, services and months says and draws. */
public final class WhereValues implements PageValues {
  @Override
  public void addTo(TemplateValues values) {
    values.add("where", WhereFindings::new);
    values.add("months", MonthFindings::new);
    values.add("history", (s, figures, words) -> chart(s, "history", figures, words));
    values.add("uses", (s, figures, words) -> chart(s, "use_months", figures, words));
  }

  private static @Nullable Chart chart(
      Statement s, String table, FigureFormat figures, StatementTexts words) {
    LocalDate since = new MonthFindings(s, figures, words).splitSince();
    return new HistoryChart(figures, words).chart(s.comparable(table), s.head().month(), since);
  }
}
