package costlake.lake;

import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.StructType;

/**
 * What a table is.
 *
 * @param comments meaning of a column, by its name
 * @param unique columns of which no two rows have the same value
 */
public record TableSpec(
    TableName name,
    StructType columns,
    Partitioning partitioning,
    Map<String, String> comments,
    Set<String> unique) {
  public TableSpec {
    comments = Map.copyOf(comments);
    unique = Set.copyOf(unique);
  }

  /** A table of which no column is known to be unique. */
  public TableSpec(
      TableName name, StructType columns, Partitioning partitioning, Map<String, String> comments) {
    this(name, columns, partitioning, comments, Set.of());
  }
}
