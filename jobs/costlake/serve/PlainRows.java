package costlake.serve;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ValueVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.Text;
import org.apache.spark.sql.util.ArrowUtils;
import org.jspecify.annotations.Nullable;

/** Collects decoded rows as plain values, up to a number of rows. */
final class PlainRows {
  private final int rowsMax;
  private final List<List<@Nullable Object>> rows = new ArrayList<>();
  private List<Answer.Column> columns = List.of();
  private boolean cut;

  PlainRows(int rowsMax) {
    this.rowsMax = rowsMax;
  }

  void describe(Schema schema) {
    columns =
        schema.getFields().stream()
            .map(
                field ->
                    new Answer.Column(
                        field.getName(),
                        ArrowUtils.fromArrowField(field).sql().toLowerCase(Locale.ROOT)))
            .toList();
  }

  /** Adds the rows of a batch that fit. */
  void add(VectorSchemaRoot batch) {
    int fitting = Math.min(batch.getRowCount(), rowsMax - rows.size());
    for (int i = 0; i < fitting; i++) {
      rows.add(row(batch.getFieldVectors(), i));
    }
    cut |= fitting < batch.getRowCount();
  }

  private static List<@Nullable Object> row(List<FieldVector> vectors, int i) {
    List<@Nullable Object> row = new ArrayList<>();
    vectors.forEach(vector -> row.add(value(vector, i)));
    return row;
  }

  private static @Nullable Object value(ValueVector vector, int i) {
    if (vector.isNull(i)) {
      return null;
    }
    if (vector instanceof StructVector struct) {
      return fields(struct, i);
    }
    if (vector instanceof ListVector list) {
      return elements(list, i);
    }
    Object value = vector.getObject(i);
    if (vector instanceof DateDayVector) {
      return LocalDate.ofEpochDay(((Number) value).longValue());
    }
    return value instanceof byte[] bytes
        ? Base64.getEncoder().encodeToString(bytes)
        : value instanceof Text ? value.toString() : value;
  }

  private static Map<String, @Nullable Object> fields(StructVector struct, int i) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    struct.getChildrenFromFields().forEach(child -> fields.put(child.getName(), value(child, i)));
    return fields;
  }

  private static List<@Nullable Object> elements(ListVector list, int i) {
    List<@Nullable Object> elements = new ArrayList<>();
    for (int j = list.getElementStartIndex(i); j < list.getElementEndIndex(i); j++) {
      elements.add(value(list.getDataVector(), j));
    }
    return elements;
  }

  /** Whether a row did not fit. */
  boolean isCut() {
    return cut;
  }

  Answer answer() {
    return new Answer(columns, rows, cut);
  }
}
