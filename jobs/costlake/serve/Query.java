package costlake.serve;

import costlake.core.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.CalendarIntervalType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DayTimeIntervalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.sql.types.VariantType;
import org.apache.spark.sql.types.YearMonthIntervalType;
import org.apache.spark.sql.util.ArrowUtils;
import org.apache.spark.util.TaskCompletionListener;

/** An analysed query that {@link QueryGate} admitted. Its answer can be read once. */
final class Query {
  private static final String UTC = "UTC";

  private final ScopedSession scoped;
  private final Dataset<Row> rows;
  private final Schema inner;
  private final Schema schema;

  private Query(ScopedSession scoped, Dataset<Row> rows, List<String> names) {
    this.scoped = scoped;
    this.rows = rows;
    this.inner = ArrowUtils.toArrowSchema(rows.schema(), UTC, true, false);
    this.schema = named(inner, names);
  }

  /**
   * Analyses a query.
   *
   * @throws Failure with exit code 2 if the query reads anything but the tables of the session, or
   *     does more than read
   */
  static Query of(ScopedSession scoped, String sql, List<Literal> arguments) {
    try {
      Dataset<Row> asked = QueryGate.admit(scoped.session(), sql, arguments);
      return new Query(scoped, readable(asked), Arrays.asList(asked.columns()));
    } catch (Exception e) {
      if (e instanceof AnalysisException analysis) {
        throw Failure.operator(e, "Cannot answer: %s", ClientErrors.of(analysis));
      }
      throw e;
    }
  }

  /**
   * Casts columns to types that every client can read: timestamps to UTC without a zone, and types
   * that Arrow does not support to text. Names the columns by number, because two columns of a
   * query may have the same name.
   */
  private static Dataset<Row> readable(Dataset<Row> asked) {
    DataType[] types =
        Arrays.stream(asked.schema().fields()).map(StructField::dataType).toArray(DataType[]::new);
    String[] numbered =
        IntStream.range(0, types.length).mapToObj(i -> "c" + i).toArray(String[]::new);
    Dataset<Row> rows = asked.toDF(numbered);
    return rows.select(
        IntStream.range(0, types.length)
            .mapToObj(
                i -> {
                  DataType type = readable(types[i]);
                  var column = rows.col(numbered[i]);
                  return type.equals(types[i]) ? column : column.cast(type).as(numbered[i]);
                })
            .toArray(org.apache.spark.sql.Column[]::new));
  }

  static DataType readable(DataType type) {
    if (type instanceof TimestampType) {
      return DataTypes.TimestampNTZType;
    }
    if (type instanceof NullType
        || type instanceof VariantType
        || type instanceof CalendarIntervalType
        || type instanceof DayTimeIntervalType
        || type instanceof YearMonthIntervalType) {
      return DataTypes.StringType;
    }
    if (type instanceof ArrayType array) {
      return DataTypes.createArrayType(readable(array.elementType()), array.containsNull());
    }
    if (type instanceof MapType map) {
      return DataTypes.createMapType(
          readable(map.keyType()), readable(map.valueType()), map.valueContainsNull());
    }
    if (type instanceof StructType struct) {
      return new StructType(
          Arrays.stream(struct.fields())
              .map(
                  f ->
                      new StructField(f.name(), readable(f.dataType()), f.nullable(), f.metadata()))
              .toArray(StructField[]::new));
    }
    return type;
  }

  private static Schema named(Schema schema, List<String> names) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      Field field = schema.getFields().get(i);
      fields.add(new Field(names.get(i), field.getFieldType(), field.getChildren()));
    }
    return new Schema(fields);
  }

  /** Returns the names and types of the columns of the answer. */
  Schema schema() {
    return schema;
  }

  /** Returns the answer as serialised Arrow batches. Computes one partition at a time. */
  Iterator<byte[]> batches(int rowsMax, int mibMax) {
    org.apache.spark.sql.SparkSession.setActiveSession(scoped.session());
    String columns = inner.toJson();
    long bytesMax = mibMax * (1L << 20);
    return ((org.apache.spark.sql.classic.Dataset<Row>) rows)
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitions(
            part -> {
              ArrowBatches batches =
                  new ArrowBatches(part, Schema.fromJSON(columns), rowsMax, bytesMax);
              TaskContext.get()
                  .addTaskCompletionListener((TaskCompletionListener) context -> batches.close());
              return batches;
            })
        .toLocalIterator();
  }
}
