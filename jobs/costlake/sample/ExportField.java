package costlake.sample;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A column of an export. */
record ExportField(String name, Kind kind) {
  /** The type of the values of a column. */
  enum Kind {
    TEXT,
    NUMBER,
    TIME,
    MAP
  }

  static Map<String, Integer> positions(List<ExportField> fields) {
    Map<String, Integer> positions = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      positions.put(fields.get(i).name(), i);
    }
    return positions;
  }
}
