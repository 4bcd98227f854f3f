package costlake.build;

import costlake.core.Failure;
import costlake.core.Nearest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Rows written as text become rows of the types that a relation has. */
final class TypedRows {
  private TypedRows() {}

  static StructType schema(Map<String, String> columns) {
    List<StructField> fields = new ArrayList<>();
    columns.forEach(
        (name, type) ->
            fields.add(DataTypes.createStructField(name, DataType.fromDDL(type), true)));
    return DataTypes.createStructType(fields);
  }

  /**
   * Makes a relation; a column that a row does not name is null.
   *
   * @param where named in messages, e.g. a case and its relation
   */
  static Dataset<Row> of(
      SparkSession spark,
      StructType schema,
      Collection<? extends Map<String, Object>> rows,
      String where) {
    List<String> names = List.of(schema.fieldNames());
    List<Row> texts = new ArrayList<>();
    for (Map<String, Object> row : rows) {
      refuseUnknown(row, names, where);
      texts.add(RowFactory.create(names.stream().map(name -> external(row.get(name))).toArray()));
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
                        .map(
                            name ->
                                functions
                                    .col("`" + name + "`")
                                    .cast(schema.apply(name).dataType())
                                    .as(name))
                        .toList())
                .toSeq());
  }

  private static void refuseUnknown(Map<String, Object> row, List<String> names, String where) {
    for (String column : row.keySet()) {
      if (!names.contains(column)) {
        throw Failure.operator(
            "Invalid case: "
                + where
                + " has no column '"
                + column
                + "'."
                + Nearest.hint(column, names));
      }
    }
  }

  private static DataType raw(DataType type) {
    if (type instanceof MapType) {
      return DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType);
    }
    return type instanceof ArrayType
        ? DataTypes.createArrayType(DataTypes.StringType)
        : DataTypes.StringType;
  }

  private static Object external(Object value) {
    if (value instanceof Map<?, ?> map) {
      return CollectionConverters.asScala(map);
    }
    return value instanceof List<?> list ? CollectionConverters.asScala(list).toSeq() : value;
  }
}
