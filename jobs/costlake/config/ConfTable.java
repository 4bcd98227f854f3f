package costlake.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the configuration as a table that models read.
 *
 * @param name name of the table, e.g. {@code conf.teams}
 * @param ddl columns in the DDL of Spark
 * @param rows rows, each with its values in the order of the columns
 */
public record ConfTable(String name, String ddl, List<List<@Nullable Object>> rows) {
  public ConfTable {
    rows = List.copyOf(rows);
  }
}
