package costlake.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The sentences that pages say of a statement, for a letter that has no pages. */
public final class StatementSentences {
  private final FigureFormat figures;
  private final StatementTexts words;

  /** Loads the texts of a language. */
  public StatementSentences(Locale locale) {
    this.figures = new FigureFormat(locale);
    this.words = new StatementTexts(locale);
  }

  /** Says why the total changed, as the first page does. */
  public List<String> why(Statement statement) {
    return new SummaryFindings(statement, figures, words).sentences();
  }

  /** Returns the sentence of the first page about the remaining budget; empty without a budget. */
  public String spent(Statement statement) {
    return new SummaryFindings(statement, figures, words).spent();
  }

  /**
   * An action of the first page.
   *
   * @param text its money and what to do
   * @param owner who can do it
   * @param line id of the line that has the money
   */
  public record ProposedAction(String text, String owner, String line) {}

  /** Returns the actions of the first page. */
  public List<ProposedAction> actions(Statement statement) {
    return new StatementActions(statement, figures, words)
        .proposed().stream().map(action -> action(statement.head().currency(), action)).toList();
  }

  private ProposedAction action(String currency, StatementActions.Action action) {
    return new ProposedAction(
        "%s\u00a0%s: %s".formatted(currency, figures.whole(action.money()), action.text()),
        action.owner(),
        action.line().id());
  }

  /** Returns the name of a kind of cost. */
  public String kind(String id) {
    return words.kind(id);
  }

  /** Returns a line about training and a line about serving, if the statement has any. */
  public List<String> uses(Statement statement) {
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
