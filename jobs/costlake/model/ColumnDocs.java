package costlake.model;

import costlake.config.Required;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Meanings of columns that several tables share, written once in models/columns.yml. */
record ColumnDocs(Map<String, ColumnDoc> columns) {
  /** The meaning and unit of a column. */
  record ColumnDoc(@Required String meaning, @Nullable String unit) {}
}
