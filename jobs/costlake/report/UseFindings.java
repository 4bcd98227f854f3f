package costlake.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says what runs and endpoints cost, in the first line of each page about them. */
public final class UseFindings {
  private final FigureFormat figures;
  private final StatementTexts words;

  /** Loads the texts of a language. */
  public UseFindings(Locale locale) {
    this.figures = new FigureFormat(locale);
    this.words = new StatementTexts(locale);
  }

  /** Returns a line about training and a line about serving, if the statement has any. */
  public List<String> of(Statement statement) {
    List<String> lines = new ArrayList<>();
    if (!statement.rows("runs").isEmpty()) {
      lines.add(new TrainingFindings(statement, figures, words).lede());
    }
    if (!statement.rows("endpoints").isEmpty()) {
      lines.add(new ServingFindings(statement, figures, words).lede());
    }
    return lines;
  }
}
