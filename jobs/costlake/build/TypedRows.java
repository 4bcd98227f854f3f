package costlake.build;

import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.core.Failure;
import costlake.core.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import scala.jdk.javaapi.CollectionConverters;

/** Converts rows of texts to the types of a relation. */
final class TypedRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private TypedRows() {}

  static StructType schema(Map<String, String> columns) {
    List<StructField> fields = new ArrayList<>();
    columns.forEach(
        (name, type) ->
            fields.add(DataTypes.createStructField(name, DataType.fromDDL(type), true)));
    return DataTypes.createStructType(fields);
  }

  /**
   * Creates the rows of a relation. A column that a row does not name is null.
   *
   * @param where place that messages name, e.g. a case and its relation
   */
  static Dataset<Row> of(
      SparkSession spark,
      StructType schema,
      Collection<? extends Map<String, @Nullable Object>> rows,
      String where) {
    List<String> names = List.of(schema.fieldNames());
    List<Row> texts = new ArrayList<>();
    for (Map<String, @Nullable Object> row : rows) {
      refuseUnknown(row, names, where);
      texts.add(
          RowFactory.create(
              names.stream()
                  .map(name -> external(row.get(name), schema.apply(name).dataType()))
                  .toArray()));
    }
    StructType raw = new StructType();
    for (StructField field : schema.fields()) {
      raw = raw.add(field.name(), raw(field.dataType()));
    }
    return spark
        .createDataFrame(texts, raw)
        .select(
            CollectionConverters.asScala(
                    names.stream()
                        .map(name -> typed(name, schema.apply(name).dataType()).as(name))
                        .toList())
                .toSeq());
  }

  private static void refuseUnknown(
      Map<String, @Nullable Object> row, List<String> names, String where) {
    for (String column : row.keySet()) {
      if (!names.contains(column)) {
        throw Failure.operator(
            "Invalid case: %s has no column '%s'.%s", where, column, Nearest.hint(column, names));
      }
    }
  }

  private static Column typed(String name, DataType type) {
    Column text = functions.col("`" + name + "`");
    return nested(type) ? functions.from_json(text, type) : text.cast(type.asNullable());
  }

  /**
   * Whether values of a type are converted through JSON, because Spark cannot cast text to this
   * type.
   */
  private static boolean nested(DataType type) {
    if (type instanceof MapType map) {
      return !(map.valueType() instanceof AtomicType);
    }
    return type instanceof ArrayType array && !(array.elementType() instanceof AtomicType);
  }

  private static DataType raw(DataType type) {
    if (nested(type)) {
      return DataTypes.StringType;
    }
    if (type instanceof MapType) {
      return DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType);
    }
    return type instanceof ArrayType
        ? DataTypes.createArrayType(DataTypes.StringType)
        : DataTypes.StringType;
  }

  private static @Nullable Object external(@Nullable Object value, DataType type) {
    if (value != null && nested(type)) {
      return JSON.valueToTree(plain(value, type)).toString();
    }
    if (value instanceof Map<?, ?> map) {
      return CollectionConverters.asScala(map);
    }
    return value instanceof List<?> list ? CollectionConverters.asScala(list).toSeq() : value;
  }

  /** Converts whole numbers and booleans from text to JSON values; other values stay texts. */
  private static @Nullable Object plain(@Nullable Object value, DataType type) {
    if (value instanceof List<?> list && type instanceof ArrayType array) {
      return list.stream().map(element -> plain(element, array.elementType())).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> plain = new LinkedHashMap<>();
      map.forEach((key, one) -> plain.put(key.toString(), plain(one, inner(type, key.toString()))));
      return plain;
    }
    if (value == null || type.equals(DataTypes.StringType)) {
      return value;
    }
    if (type.equals(DataTypes.BooleanType)) {
      return Boolean.valueOf(value.toString());
    }
    boolean whole = type.equals(DataTypes.IntegerType) || type.equals(DataTypes.LongType);
    return whole ? (Object) Long.valueOf(value.toString()) : value;
  }

  private static DataType inner(DataType type, String key) {
    return type instanceof StructType struct
        ? struct.apply(key).dataType()
        : ((MapType) type).valueType();
  }
}
