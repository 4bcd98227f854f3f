package costlake.lake;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Which columns Parquet files hold in another way than they would by themselves. Two are dear and
 * give nothing back: a dictionary of values that hardly repeat, as those of a unique column and of
 * maps of texts do, and the least and greatest of the parts of maps and arrays of texts, by which
 * nobody finds a row.
 */
public final class Encodings {
  private static final String OFF = "false";
  private static final String ICEBERG_DICTIONARY = "write.parquet.dict-encoding-enabled.column.";
  private static final String ICEBERG_STATISTICS = "write.parquet.stats-enabled.column.";
  private static final String DICTIONARY = "parquet.enable.dictionary#";
  private static final String STATISTICS = "parquet.column.statistics.enabled#";

  private static final DataType TEXTS = DataTypes.createArrayType(DataTypes.StringType);
  private static final DataType TEXT_MAP =
      DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType);

  private Encodings() {}

  /** Properties of an Iceberg table. */
  static Map<String, String> iceberg(TableSpec spec) {
    Map<String, String> properties = new TreeMap<>();
    spec.unique().forEach(column -> properties.put(ICEBERG_DICTIONARY + column, OFF));
    parts(
        spec.columns(),
        (column, part) -> {
          properties.put(ICEBERG_STATISTICS + column + "." + part, OFF);
          if (part == Part.VALUE) {
            properties.put(ICEBERG_DICTIONARY + column + "." + part, OFF);
          }
        });
    return properties;
  }

  /** Settings of the engine's own Parquet writer, of the parts of maps and arrays alone. */
  public static Map<String, String> parquet(StructType columns) {
    Map<String, String> settings = new TreeMap<>();
    parts(
        columns,
        (column, part) -> {
          settings.put(STATISTICS + column + "." + part.group + "." + part, OFF);
          if (part == Part.VALUE) {
            settings.put(DICTIONARY + column + "." + part.group + "." + part, OFF);
          }
        });
    return settings;
  }

  private enum Part {
    KEY("key_value"),
    VALUE("key_value"),
    ELEMENT("list");

    private final String group;

    Part(String group) {
      this.group = group;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static void parts(StructType columns, BiConsumer<String, Part> part) {
    for (StructField field : columns.fields()) {
      if (field.dataType().equals(TEXT_MAP)) {
        part.accept(field.name(), Part.KEY);
        part.accept(field.name(), Part.VALUE);
      } else if (field.dataType().equals(TEXTS)) {
        part.accept(field.name(), Part.ELEMENT);
      }
    }
  }
}
