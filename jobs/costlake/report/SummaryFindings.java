package costlake.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes the sentences of the first page: how the total changed, and by which events. */
final class SummaryFindings {
  private static final int SENTENCES_MAX = 3;
  private static final int NAME_MAX = 40;
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private final Statement statement;
  private final FigureFormat figures;
  private final StatementTexts words;
  private final EventTexts events;

  SummaryFindings(Statement statement, FigureFormat figures, StatementTexts words) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
    this.events = new EventTexts(statement, figures, words);
  }

  /** Returns at most three sentences. A month without events has only the first. */
  public List<String> sentences() {
    return Stream.concat(Stream.of(change()), happened()).limit(SENTENCES_MAX).toList();
  }

  /** Returns the budget of the receiver for the month; null if none is set. */
  public @Nullable PrintedRow budget() {
    return statement.budget();
  }

  /** States the remaining budget of the month and of the year so far; empty without a budget. */
  public String spent() {
    PrintedRow budget = budget();
    return budget == null ? "" : ofMonth(budget) + ofYear(budget);
  }

  private String ofMonth(PrintedRow budget) {
    BigDecimal remaining = budget.decimal("remaining_shown");
    return words.say(
        remaining.signum() < 0
            ? "Budget {0}: {1} {2} for the month, {3} used, {4} over."
            : "Budget {0}: {1} {2} for the month, {3} used, {4} left.",
        SafeNames.shorten(SafeNames.plain(budget.text("budget_name")), NAME_MAX),
        statement.head().currency(),
        figures.money(budget.decimal("amount_shown")),
        figures.money(budget.decimal("cost_shown")),
        figures.money(remaining.abs()));
  }

  private String ofYear(PrintedRow budget) {
    LocalDate from = budget.day("year_from");
    return from.equals(statement.head().month())
        ? ""
        : " "
            + words.say(
                "Since {0}: {1} of {2}, {3}.",
                figures.month(from),
                figures.money(budget.decimal("year_cost_shown")),
                figures.money(budget.decimal("year_amount_shown")),
                figures.percent(budget.decimalOrNull("year_share_used")));
  }

  private String change() {
    if (statement.measured() != null) {
      return words.say(
          "Telemetry began in {0}: who uses a cluster node now pays for it, so {1} does not"
              + " compare.",
          figures.month(statement.head().month()),
          figures.month(statement.head().month().minusMonths(1)));
    }
    BigDecimal difference = statement.head().difference();
    if (difference == null) {
      return words.say("This is the first month on record: nothing to compare with.");
    }
    if (difference.signum() == 0) {
      return words.say("The same total as in the month before.");
    }
    String first =
        words.say(
            difference.signum() > 0 ? "Up {0} against {1}" : "Down {0} against {1}",
            figures.whole(difference.abs()),
            figures.month(statement.head().month().minusMonths(1)));
    return calendar().map(row -> calendar(first, row)).orElse(first + ".");
  }

  private Optional<PrintedRow> calendar() {
    return moved().filter(EventTexts::isCalendar).findFirst();
  }

  private String calendar(String first, PrintedRow calendar) {
    return words.say(
        isMost(calendar)
            ? "{0}; most of that is the calendar ({1}): {2}."
            : "{0}; the calendar alone ({1}): {2}.",
        first,
        events.what(calendar),
        figures.rise(EventTexts.change(calendar)));
  }

  /** Returns the events whose money does not round to nothing. */
  private Stream<PrintedRow> moved() {
    return statement.rows("events").stream().filter(e -> EventTexts.change(e).signum() != 0);
  }

  private Stream<String> happened() {
    return moved()
        .filter(EventTexts::isNamed)
        .map(
            event ->
                isMost(event)
                    ? words.say("Most of the change: {0}.", events.sentence(event))
                    : events.sentence(event) + ".");
  }

  /**
   * Whether an event moved the total the way it went, by more than half of all money that moved it
   * that way and by no more than the total moved.
   */
  private boolean isMost(PrintedRow event) {
    BigDecimal difference = statement.head().difference();
    BigDecimal change = EventTexts.change(event);
    if (difference == null
        || change.signum() != difference.signum()
        || change.abs().compareTo(difference.abs()) > 0) {
      return false;
    }
    BigDecimal alike =
        moved()
            .map(EventTexts::change)
            .filter(other -> other.signum() == change.signum())
            .reduce(BigDecimal.ZERO, BigDecimal::add);
    return change.abs().multiply(TWO).compareTo(alike.abs()) > 0;
  }

  /** Says in one line what the total consists of; empty if there is nothing to say. */
  public String total() {
    return parts().collect(Collectors.joining(" "));
  }

  private Stream<String> parts() {
    return Stream.of(Optional.ofNullable(idle()), Optional.ofNullable(project()))
        .flatMap(Optional::stream);
  }

  private @Nullable String idle() {
    BigDecimal node = nonZero(statement.cost("idle"));
    BigDecimal held = nonZero(statement.head().workloadIdle());
    if (node == null) {
      return held == null
          ? null
          : words.say("Accelerators held without use cost {0}.", figures.whole(held));
    }
    return held == null
        ? words.say(
            "Node capacity that nobody requested cost {0}, {1} of the total.",
            figures.whole(node), share(node))
        : words.say(
            "Node capacity that nobody requested cost {0}, {1} of the total; accelerators held"
                + " without use cost {2}.",
            figures.whole(node), share(node), figures.whole(held));
  }

  private static @Nullable BigDecimal nonZero(@Nullable BigDecimal cost) {
    return cost == null || cost.signum() == 0 ? null : cost;
  }

  private @Nullable String project() {
    List<PrintedRow> projects = statement.lines("project");
    Optional<PrintedRow> largest =
        projects.stream().filter(line -> line.textOrNull("name") != null).findFirst();
    Optional<String> unnamed =
        projects.stream().filter(Statement::isUnnamed).findFirst().map(this::whole);
    if (largest.isEmpty()) {
      return unnamed.map(cost -> words.say("Charges of {0} name no project.", cost)).orElse(null);
    }
    PrintedRow line = largest.get();
    String first =
        words.say(
            "The largest project is {0} with {1}, {2} of the total",
            SafeNames.shorten(SafeNames.plain(line.text("name")), NAME_MAX),
            whole(line),
            figures.percent(line.decimalOrNull("share_ratio")));
    return unnamed
        .map(cost -> words.say("{0}; charges of {1} name no project.", first, cost))
        .orElse(first + ".");
  }

  private String whole(PrintedRow line) {
    return figures.whole(line.decimal("cost_shown"));
  }

  private String share(@Nullable BigDecimal part) {
    return figures.percent(FigureFormat.ratio(part, statement.head().total()));
  }
}
