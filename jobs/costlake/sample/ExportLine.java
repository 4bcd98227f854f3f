package costlake.sample;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row of an export whose values are set by the names of the columns. */
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

  /** Returns the text in a column. The column must have been set. */
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
