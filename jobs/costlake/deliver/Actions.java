package costlake.deliver;

import costlake.report.PrintedRow;
import costlake.report.Statement;
import costlake.report.StatementSentences;
import costlake.report.StatementSentences.ProposedAction;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the actions that the mail proposes to the team, the largest amounts first. */
final class Actions {
  private static final int MOST = 3;

  private final Statement statement;
  private final StatementSentences sentences;
  private final MailTexts words;
  private final LineLinks links;

  Actions(Statement statement, StatementSentences sentences, MailTexts words, LineLinks links) {
    this.statement = statement;
    this.sentences = sentences;
    this.words = words;
    this.links = links;
  }

  /**
   * An action.
   *
   * @param owner who can do it, with a label
   * @param line last part of the id of its line; null if it has none
   * @param address address of the line; null without a site or a line
   * @param command command that explains the line; null if it has none
   */
  record MailAction(
      String text,
      String owner,
      @Nullable String line,
      @Nullable String address,
      @Nullable String command) {}

  /**
   * Returns at most three actions: those of the first page, then one about missing reports of
   * value, which has no amount of money.
   */
  List<MailAction> proposed() {
    return Stream.concat(sentences.actions(statement).stream().map(this::action), value().stream())
        .limit(MOST)
        .toList();
  }

  private MailAction action(ProposedAction action) {
    String id = action.line();
    return new MailAction(
        action.text(),
        words.say("owner", action.owner()),
        words.say("line", id.substring(id.lastIndexOf('/') + 1)),
        links.address(statement.head(), id),
        LineLinks.command(id));
  }

  private Optional<MailAction> value() {
    List<PrintedRow> values = statement.rows("value");
    long all = models(values.stream());
    long reporting = models(values.stream().filter(v -> v.decimalOrNull("benefit_shown") != null));
    return reporting < all ? Optional.of(unreported(all - reporting, all)) : Optional.empty();
  }

  private MailAction unreported(long unreported, long all) {
    return new MailAction(
        words.say("action.value", Long.toString(unreported), Long.toString(all)),
        words.say("owner", MailWriter.team(statement.head())),
        null,
        null,
        null);
  }

  private static long models(Stream<PrintedRow> values) {
    return values
        .map(value -> Optional.ofNullable(value.textOrNull("model_id")))
        .distinct()
        .count();
  }
}
