package costlake.lake;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/**
 * Switches off features of Parquet that take time without a benefit: dictionaries for values that
 * hardly repeat, and minimum and maximum of entries of maps and arrays, by which no query filters.
 */
public final class ParquetEncodings {
  private static final String OFF = "false";
  private static final DataType TEXTS = DataTypes.createArrayType(DataTypes.StringType);
  private static final DataType TEXT_MAP =
      DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType);

  private ParquetEncodings() {}

  /** Returns properties of an Iceberg table, in a map that the caller can change. */
  static Map<String, String> iceberg(TableSpec spec) {
    return settings(
        spec,
        Leaf::icebergPath,
        "write.parquet.stats-enabled.column.",
        "write.parquet.dict-encoding-enabled.column.");
  }

  /** Returns the same settings as options of Spark's Parquet writer. */
  public static Map<String, String> parquet(TableSpec spec) {
    return settings(
        spec, Leaf::path, "parquet.column.statistics.enabled#", "parquet.enable.dictionary#");
  }

  private static Map<String, String> settings(
      TableSpec spec, Function<Leaf, String> path, String statistics, String dictionary) {
    Map<String, String> settings = new TreeMap<>();
    leaves(spec)
        .forEach(
            leaf -> {
              if (leaf.entry) {
                settings.put(statistics + path.apply(leaf), OFF);
              }
              if (leaf.unrepeated) {
                settings.put(dictionary + path.apply(leaf), OFF);
              }
            });
    return settings;
  }

  /**
   * A column in the schema of a Parquet file.
   *
   * @param path path in the schema of the file
   * @param entry whether this column contains the keys, values or elements of a map or array
   * @param unrepeated whether the values hardly repeat; false for the keys of a map
   */
  private record Leaf(String icebergPath, String path, boolean entry, boolean unrepeated) {}

  private static Stream<Leaf> leaves(TableSpec spec) {
    return Arrays.stream(spec.columns().fields())
        .flatMap(field -> leaves(field, spec.unrepeated().contains(field.name())));
  }

  private static Stream<Leaf> leaves(StructField field, boolean unrepeated) {
    String name = field.name();
    if (DataType.equalsIgnoreNullability(field.dataType(), TEXT_MAP)) {
      return Stream.of(
          new Leaf(name + ".key", name + ".key_value.key", true, false),
          new Leaf(name + ".value", name + ".key_value.value", true, unrepeated));
    }
    if (DataType.equalsIgnoreNullability(field.dataType(), TEXTS)) {
      return Stream.of(new Leaf(name + ".element", name + ".list.element", true, unrepeated));
    }
    return Stream.of(new Leaf(name, name, false, unrepeated));
  }
}
