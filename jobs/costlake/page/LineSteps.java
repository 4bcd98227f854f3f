package costlake.page;

import costlake.config.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The steps into which a line is split if its rows are not charges.
 *
 * @param by columns of a step, computed from the rows of the line. {@code is_named} says whether
 *     the line names them; a column {@code shown} is the figure that another line prints
 * @param label SQL with these columns for the text of a step
 * @param order SQL with these columns and the money of a step by which steps are sorted
 * @param most how many steps are shown; the others are one step
 * @param more what the others are, e.g. {@code more runs}
 */
public record LineSteps(
    Map<String, String> by,
    @Required String label,
    @Required String order,
    @Nullable Integer most,
    @Nullable String more) {
  public LineSteps {
    if ((most == null) != (more == null)) {
      throw new IllegalArgumentException("'most' and 'more' belong together");
    }
  }
}
