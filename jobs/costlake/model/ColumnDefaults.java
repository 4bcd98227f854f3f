package costlake.model;

import costlake.config.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Columns that several tables have, written once in models/columns.yml. A contract that only names
 * such a column has it as it is there.
 */
record ColumnDefaults(Map<String, Default> columns) {
  static final String FILE = "models/columns.yml";

  /** Type, meaning and unit of a column. */
  record Default(
      @Required String type,
      @Nullable Boolean nullable,
      @Nullable Boolean repeats,
      @Required String meaning,
      @Nullable String unit) {}
}
