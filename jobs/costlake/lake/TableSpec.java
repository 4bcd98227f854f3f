package costlake.lake;

import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.StructType;

/**
 * The specification of a table.
 *
 * @param comments meaning of a column, by its name
 * @param unrepeated columns whose values hardly repeat
 */
public record TableSpec(
    TableName name,
    StructType columns,
    Partitioning partitioning,
    Map<String, String> comments,
    Set<String> unrepeated) {
  public TableSpec {
    comments = Map.copyOf(comments);
    unrepeated = Set.copyOf(unrepeated);
  }
}
