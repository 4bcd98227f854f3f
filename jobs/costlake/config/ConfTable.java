package costlake.config;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the configuration as a relation that models read.
 *
 * @param name e.g. {@code conf.teams}
 * @param ddl columns in Spark's DDL
 * @param rows values in the order of the columns
 */
public record ConfTable(String name, String ddl, List<List<@Nullable Object>> rows) {
  public ConfTable {
    rows = List.copyOf(rows);
  }
}
