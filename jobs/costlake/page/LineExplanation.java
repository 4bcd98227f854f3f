package costlake.page;

import costlake.config.Required;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the lines of a reporting table are explained.
 *
 * @param by what explains a line
 * @param subject SQL for what a line is about. A line of a group sums the lines of its teams with
 *     the same subject
 * @param label SQL for the text that describes a line
 * @param cost SQL for the unrounded figure of a line; without it, what the page declares to the
 *     cent, or the sum of its parts
 * @param shown SQL for the figure that a line prints, to the cent; without it, the figure that the
 *     page declares, or {@code cost_shown}
 * @param groups what explains a line of a cost centre or of the company, unless {@code byTeam} does
 * @param byTeam what a line of a cost centre or of the company sums, and its steps
 * @param sums the rows that a line sums
 * @param steps how these rows are shown; without it, they are charges
 * @param charges the charges that a line or its steps compare
 * @param others what the figure has beyond its rows; without it, corrections of closed months
 */
public record LineExplanation(
    @Nullable By by,
    @Nullable String subject,
    @Nullable String label,
    @Nullable String cost,
    @Nullable String shown,
    @Nullable Groups groups,
    @Nullable Rows byTeam,
    @Nullable LineSums sums,
    @Nullable LineSteps steps,
    @Nullable LineCharges charges,
    @Nullable String others) {

  /** What explains a line. */
  public enum By {
    /** The rows that {@code sums} selects. */
    SUMS,
    /** What an event cost, and what that is compared with. */
    EVENTS
  }

  /** What explains a line of a cost centre or of the company. */
  public enum Groups {
    /** The lines of its teams with the same subject. */
    LINES,
    /** The same rows as a line of a team. */
    SUMS
  }

  /**
   * Rows that lines sum.
   *
   * @param steps how they are shown; without it, they are charges
   */
  public record Rows(@Required LineSums sums, @Nullable LineSteps steps) {}

  public LineExplanation {
    by = by == null ? By.SUMS : by;
    groups = groups == null ? Groups.LINES : groups;
    if (by == By.SUMS && (subject == null || label == null || sums == null)) {
      throw new IllegalArgumentException("an explanation needs 'subject', 'label' and 'sums'");
    }
  }

  /**
   * Returns this explanation of the lines of a table, with the figures that it does not name: those
   * that the table rounds to the cent.
   *
   * @param rows the rows that the page declares; null if a model makes them
   */
  LineExplanation of(@Nullable DeclaredRows rows) {
    Optional<Map.Entry<String, String>> figure =
        Optional.ofNullable(rows).flatMap(DeclaredRows::figure);
    return new LineExplanation(
        by,
        subject,
        label,
        cost == null ? figure.map(Map.Entry::getValue).orElse(null) : cost,
        shown == null ? figure.map(Map.Entry::getKey).orElse("cost_shown") : shown,
        groups,
        byTeam,
        sums,
        steps,
        charges,
        others);
  }

  /** Returns all rows that lines of the table sum. */
  public List<Rows> rows() {
    return Stream.of(rows(false), rows(true)).distinct().toList();
  }

  /**
   * Returns the rows that a line sums.
   *
   * @param isOfGroup whether the line is of a cost centre or of the company
   */
  public Rows rows(boolean isOfGroup) {
    return isOfGroup && byTeam != null
        ? byTeam
        : new Rows(Objects.requireNonNull(sums, "sums"), steps);
  }

  /** Whether rows explain the lines of cost centres and of the company. */
  public boolean explainsGroups() {
    return groups == Groups.SUMS || byTeam != null;
  }

  /** Whether the lines are sums of rows. */
  public boolean isSum() {
    return by == By.SUMS;
  }
}
