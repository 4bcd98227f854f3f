package costlake.lake;

import java.util.Map;
import org.apache.spark.sql.types.StructType;

/**
 * What a table is.
 *
 * @param comments meaning of a column, by its name
 */
public record TableSpec(
    TableName name, StructType columns, Partitioning partitioning, Map<String, String> comments) {
  public TableSpec {
    comments = Map.copyOf(comments);
  }
}
