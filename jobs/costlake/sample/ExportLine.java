package costlake.sample;

import java.util.Map;

/** One row of an export while it is filled in by column name. */
final class ExportLine {
  private final Map<String, Integer> positions;
  private final Object[] values;

  ExportLine(Map<String, Integer> positions) {
    this.positions = positions;
    this.values = new Object[positions.size()];
  }

  ExportLine set(String column, Object value) {
    Integer position = positions.get(column);
    if (position == null) {
      throw new IllegalArgumentException("The export has no column " + column);
    }
    values[position] = value;
    return this;
  }

  Object[] values() {
    return values;
  }
}
