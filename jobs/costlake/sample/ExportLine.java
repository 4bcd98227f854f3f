package costlake.sample;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One row of an export while it is filled in by column name. */
final class ExportLine {
  private final Map<String, Integer> positions;
  private final @Nullable Object[] values;

  ExportLine(Map<String, Integer> positions) {
    this.positions = positions;
    this.values = new Object[positions.size()];
  }

  ExportLine set(String column, @Nullable Object value) {
    values[position(column)] = value;
    return this;
  }

  /** The text in a column that was set. */
  String text(String column) {
    return (String) Objects.requireNonNull(values[position(column)], column);
  }

  private int position(String column) {
    Integer position = positions.get(column);
    if (position == null) {
      throw new IllegalArgumentException("The export has no column " + column);
    }
    return position;
  }

  @Nullable Object[] values() {
    return values;
  }
}
