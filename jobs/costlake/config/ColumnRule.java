package costlake.config;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a column of a charge, or a tag, has its value from.
 *
 * @param columns delivered columns; in each row, the first with a value counts. Empty if the value
 *     is constant or computed
 * @param value the same value in every row; or null
 * @param values delivered text to value; if it is empty, the delivered text is the value
 * @param otherwise value of a row whose columns are empty or whose text is not in {@code values}
 * @param multiplyBy factor of a number
 * @param divideBy divisor of a number, e.g. 60 for hours of minutes
 * @param inclusive whether a delivered end belongs to the period
 * @param lasts length of the period from its start; or null
 * @param optional whether a delivery may lack the columns
 */
public record ColumnRule(
    List<String> columns,
    @Nullable String value,
    Map<String, String> values,
    @Nullable String otherwise,
    BigDecimal multiplyBy,
    BigDecimal divideBy,
    boolean inclusive,
    @Nullable Length lasts,
    boolean optional) {
  /** Length of a period. */
  public enum Length {
    HOUR,
    DAY,
    MONTH
  }

  public ColumnRule {
    columns = List.copyOf(columns);
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Whether the rule reads delivered columns. */
  boolean isDelivered() {
    return !columns.isEmpty();
  }
}
