package costlake.report;

import static java.util.Comparator.naturalOrder;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Says which months are shown, and which of them cannot be compared. */
final class MonthFindings {
  private final Statement statement;
  private final FigureFormat figures;
  private final StatementTexts words;

  MonthFindings(Statement statement, FigureFormat figures, StatementTexts words) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
  }

  /** Explains why the totals of months of the history cannot be compared; null when they can. */
  public @Nullable String history() {
    LocalDate since = splitSince();
    return since == null
        ? null
        : words.say(
            "From {0} on, telemetry splits the cost of cluster nodes by who used them. Before, the"
                + " owner of the account received all of it. Totals before and after the dashed"
                + " line cannot be compared.",
            figures.month(since));
  }

  /**
   * Returns the first month whose total does not compare with those before, because telemetry began
   * to split the cost of nodes; null if all do, as those of the company, which always had all of
   * the cost.
   */
  @Nullable LocalDate splitSince() {
    return statement.head().receiver().isCompany() || statement.rows("accelerators").isEmpty()
        ? null
        : statement.splitSince();
  }

  /** Says since when months are shown, for a heading; null if all are. */
  public @Nullable String since() {
    LocalDate since = statement.comparableSince();
    return since == null
        ? null
        : words.say("since {0}, when telemetry began", figures.month(since));
  }

  /** Says why earlier months are not shown; null if all are. */
  public @Nullable String leftOut() {
    LocalDate since = statement.comparableSince();
    return since == null
        ? null
        : words.say(
            "Months before {0} are left out, because they do not compare: since then, telemetry"
                + " splits the cost of cluster nodes by who used them. Before, the owner of the"
                + " account paid all of it.",
            figures.month(since));
  }

  /** Explains the hatched months of the history by use; null if there are none. */
  public @Nullable String unsplit() {
    return statement.comparable("use_months").stream()
        .filter(row -> "unsplit".equals(row.text("series")))
        .map(row -> row.day("history_month"))
        .max(naturalOrder())
        .map(
            last ->
                words.say(
                    "Hatched bars are compute and platform services up to {0}: no telemetry says"
                        + " what these were used for. Later months show them as training,"
                        + " inference, notebooks and the rest. The other categories compare over"
                        + " all months.",
                    figures.month(last)))
        .orElse(null);
  }
}
