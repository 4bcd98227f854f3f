package costlake.deliver;

import costlake.report.PrintedRow;
import costlake.report.Statement;
import costlake.report.StatementSentences;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Writes the actions that the mail proposes to the team, the largest amounts first. */
final class Actions {
  private static final int MOST = 3;

  private final Statement statement;
  private final StatementSentences sentences;
  private final MailTexts words;

  Actions(Statement statement, StatementSentences sentences, MailTexts words) {
    this.statement = statement;
    this.sentences = sentences;
    this.words = words;
  }

  /**
   * Returns at most three sentences: those of the first page, then one about missing reports of
   * value, which has no amount of money.
   */
  List<String> texts() {
    List<String> texts = new ArrayList<>(sentences.actions(statement));
    value(texts);
    return texts.stream().limit(MOST).toList();
  }

  private void value(List<String> texts) {
    List<PrintedRow> values = statement.rows("value");
    long all = models(values.stream());
    long reporting = models(values.stream().filter(v -> v.decimalOrNull("benefit_shown") != null));
    if (reporting < all) {
      texts.add(words.say("action.value", Long.toString(all - reporting), Long.toString(all)));
    }
  }

  private static long models(Stream<PrintedRow> values) {
    return values
        .map(value -> Optional.ofNullable(value.textOrNull("model_id")))
        .distinct()
        .count();
  }
}
