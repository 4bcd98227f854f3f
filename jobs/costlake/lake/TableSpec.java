package costlake.lake;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The specification of a table.
 *
 * @param comments meaning of each column, by the name of the column
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

  /** Whether {@code others} are the columns of this table, with the same types, in any order. */
  boolean hasColumns(StructType others) {
    Set<String> names = Set.of(others.fieldNames());
    return names.size() == columns.length()
        && Arrays.stream(columns.fields())
            .allMatch(
                column ->
                    names.contains(column.name())
                        && type(column).equals(type(others.apply(column.name()))));
  }

  private static String type(StructField column) {
    return column.dataType().catalogString();
  }
}
