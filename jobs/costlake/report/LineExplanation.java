package costlake.report;

import org.jspecify.annotations.Nullable;

/**
 * How the lines of a reporting table are explained. SQL may read every table of the lake, and the
 * relations {@code charges}, the allocated charges of the months of these lines, and {@code
 * received_charges}, the same charges for each team and project ({@code receiver_id}).
 *
 * @param by what explains a line
 * @param subject SQL for what a line is about. A line of a group sums the lines of its teams with
 *     the same subject
 * @param label SQL for the text that describes a line
 * @param cost SQL for the unrounded figure of a line; without it, the sum of its parts
 * @param shown SQL for the figure that a line prints, to the cent; without it, {@code cost_shown}
 * @param groups what explains a line of a cost centre or of the company
 * @param charges query for the charges of the lines of teams and projects, with {@code groups:
 *     charges} of all lines: {@code line_id} and columns of {@code charges}
 * @param parts query for parts that are not charges: {@code line_id}, {@code position}, {@code
 *     label} and {@code cost}
 */
public record LineExplanation(
    @Nullable By by,
    @Nullable String subject,
    @Nullable String label,
    @Nullable String cost,
    @Nullable String shown,
    @Nullable Groups groups,
    @Nullable String charges,
    @Nullable String parts) {

  /** What explains a line. */
  public enum By {
    /** The query {@code charges} or {@code parts}. */
    QUERY,
    /** The effects and items that changed a total. */
    CHANGES
  }

  /** What explains a line of a cost centre or of the company. */
  public enum Groups {
    /** The lines of its teams with the same subject. */
    LINES,
    /** The costs of its teams; only for the lines of breakdowns. */
    COSTS,
    /** The query {@code parts}, which also has the parts of these lines. */
    PARTS,
    /** The query {@code charges}, which also has the charges of these lines. */
    CHARGES
  }

  public LineExplanation {
    by = by == null ? By.QUERY : by;
    shown = shown == null ? "cost_shown" : shown;
    groups = groups == null ? Groups.LINES : groups;
    boolean described = subject != null && label != null;
    boolean queried = (charges == null) != (parts == null);
    if (by == By.QUERY && !(described && queried)) {
      throw new IllegalArgumentException(
          "an explanation needs 'subject', 'label', and either 'charges' or 'parts'");
    }
    if (groups == Groups.PARTS && parts == null) {
      throw new IllegalArgumentException("'groups: parts' needs 'parts'");
    }
    if (groups == Groups.CHARGES && charges == null) {
      throw new IllegalArgumentException("'groups: charges' needs 'charges'");
    }
  }

  /** Whether the query also explains the lines of cost centres and of the company. */
  public boolean explainsAll() {
    return groups == Groups.PARTS || groups == Groups.CHARGES;
  }

  /** Whether a query explains the lines. */
  public boolean isQuery() {
    return by == By.QUERY;
  }
}
