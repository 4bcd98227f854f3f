package costlake.decide;

import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;
import static org.apache.spark.sql.types.DataTypes.createStructField;

import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A table of the namespace {@code ops}, which only grows.
 *
 * @param name name without the namespace
 */
public record OpsTable(String name, StructType columns) {
  /** Creates a table with these columns. */
  public static OpsTable of(String name, StructField... columns) {
    return new OpsTable(name, new StructType(Arrays.copyOf(columns, columns.length)));
  }

  /** Returns a column of texts. */
  public static StructField text(String name) {
    return createStructField(name, StringType, true);
  }

  /** Returns a column of whole numbers. */
  public static StructField whole(String name) {
    return createStructField(name, LongType, true);
  }

  /** Returns a column of moments. */
  public static StructField time(String name) {
    return createStructField(name, TimestampType, true);
  }

  /** Returns a row with these values. */
  public static Row row(@Nullable Object... values) {
    return RowFactory.create(values);
  }

  /** Returns the word that a column contains for a value of an enum. */
  public static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
