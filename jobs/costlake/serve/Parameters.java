package costlake.serve;

import costlake.core.Failure;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.UnionVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.Text;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.jspecify.annotations.Nullable;

/**
 * Reads the values for the {@code ?} of a prepared statement. The values never become part of the
 * text of the query.
 */
final class Parameters {
  private Parameters() {}

  /**
   * Returns the schema that asks clients to send the values as text. Spark compares text with
   * numbers, dates and money by value. Clients may also send values of other types.
   */
  static Schema schema(int parameters) {
    List<Field> fields = new ArrayList<>();
    for (int i = 1; i <= parameters; i++) {
      fields.add(Field.nullable("parameter_" + i, ArrowType.Utf8.INSTANCE));
    }
    return new Schema(fields);
  }

  /**
   * Reads one row of values.
   *
   * @throws Failure with exit code 2 if the client sent no row, or more than one row
   */
  static List<Serializable> read(FlightStream values) {
    List<Serializable> read = null;
    while (values.next()) {
      VectorSchemaRoot root = values.getRoot();
      if (root.getRowCount() == 0) {
        continue;
      }
      if (root.getRowCount() > 1 || read != null) {
        throw Failure.operator("Cannot bind more than one row of parameters to a query");
      }
      read = new ArrayList<>();
      for (FieldVector vector : root.getFieldVectors()) {
        read.add(plain(value(vector)));
      }
    }
    if (read == null) {
      throw Failure.operator("Cannot bind the parameters: the client sent no row of values");
    }
    return read;
  }

  private static Object value(FieldVector vector) {
    Object value = vector instanceof UnionVector union ? union.getObject(0) : vector.getObject(0);
    return vector instanceof DateDayVector && value != null
        ? LocalDate.ofEpochDay(((Number) value).longValue())
        : value;
  }

  /** Converts a value to a type that queries can compare; refuses values of other types. */
  private static Serializable plain(Object value) {
    if (value instanceof Text text) {
      return text.toString();
    }
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte
        || value instanceof Double
        || value instanceof Float
        || value instanceof BigDecimal
        || value instanceof LocalDate
        || value instanceof LocalDateTime) {
      return (Serializable) value;
    }
    throw Failure.operator(
        "Cannot bind a parameter of type %s: bind text, a number, a date or a boolean",
        value.getClass().getSimpleName());
  }

  static Literal literal(@Nullable Serializable value) {
    return Literal$.MODULE$.apply(value);
  }
}
