package costlake.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists what a statement does not know. */
final class UnmeasuredFindings {
  private final Statement statement;
  private final FigureFormat figures;
  private final StatementTexts words;

  UnmeasuredFindings(Statement statement, FigureFormat figures, StatementTexts words) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
  }

  /** Lists what was not measured, in one sentence each. */
  public List<String> gaps() {
    AcceleratorHours hours = new AcceleratorHours(statement, figures, words);
    return Stream.of(
            hours.activityGap(),
            hours.billedOnly(),
            new ValueFindings(statement, figures, words).gap(),
            nameless("project", "Project: not named by charges of {0}, {1} of the total."),
            nameless("environment", "Environment: not named by charges of {0}, {1} of the total."),
            missingRuns(),
            missingTokens())
        .filter(Objects::nonNull)
        .toList();
  }

  private @Nullable String missingRuns() {
    return statement.rows("runs").isEmpty() ? words.say("Training runs.") : null;
  }

  private @Nullable String missingTokens() {
    BigDecimal billed = statement.measured("billed_tokens");
    if (!statement.rows("endpoints").isEmpty()) {
      return null;
    }
    return billed == null
        ? words.say("Requests and tokens of inference.")
        : words.say(
            "Requests and tokens of endpoints. Tokens of model APIs are on the bill, for {0}.",
            figures.money(billed));
  }

  private @Nullable String nameless(String breakdown, String sentence) {
    BigDecimal cost = statement.unnamed(breakdown);
    return cost == null
        ? null
        : words.say(
            sentence,
            figures.money(cost),
            figures.percent(FigureFormat.ratio(cost, statement.head().total())));
  }
}
