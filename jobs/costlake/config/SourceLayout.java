package costlake.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the rows of files are told apart, if their format alone does not say so.
 *
 * @param headless columns of a file that has no header, in their order; empty if every file has one
 * @param freeText column whose text may contain the separator of fields without quotes, or null
 * @param rowsIn members of JSON objects whose elements are the rows, e.g. {@code jobs} of {@code
 *     {"jobs": [...]}}
 */
public record SourceLayout(List<String> headless, @Nullable String freeText, List<String> rowsIn) {
  /** Files with a header, and JSON files with one object per line. */
  public static final SourceLayout PLAIN = new SourceLayout(List.of(), null, List.of());

  public SourceLayout {
    headless = List.copyOf(headless);
    rowsIn = List.copyOf(rowsIn);
  }
}
