package costlake.serve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a query as plain values: text, numbers, {@link java.math.BigDecimal}, dates and times
 * of {@code java.time}, booleans, lists, maps and null.
 *
 * @param isCut whether the query has more rows than these
 */
public record Answer(List<Column> columns, List<List<@Nullable Object>> rows, boolean isCut) {
  /** A column, with its type as SQL names it, e.g. {@code decimal(38,21)}. */
  public record Column(String name, String type) {}

  public Answer {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
  }
}
