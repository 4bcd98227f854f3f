package costlake.land.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** Rows of one file. The record's bytes are copied once; its fields point into the copy. */
final class CsvPartition implements PartitionReader<InternalRow> {
  private static final GenericArrayData NOTHING = new GenericArrayData(new Object[0]);

  private interface Maker {
    Object make();
  }

  private final CsvFile file;
  private final CsvPlan.Rows wanted;
  private final Maker[] makers;
  private final Object[] values;
  private final GenericInternalRow row;
  private RowReader rows;
  private byte[] record;
  private int shift;

  CsvPartition(CsvFile file, StructType required, CsvPlan.Rows wanted) {
    this.file = file;
    this.wanted = wanted;
    this.makers = new Maker[required.size()];
    for (int i = 0; i < makers.length; i++) {
      makers[i] = maker(required.fields()[i]);
    }
    this.values = new Object[makers.length];
    this.row = new GenericInternalRow(values);
  }

  @Override
  public boolean next() throws IOException {
    if (rows == null) {
      rows = open();
    }
    try {
      while (rows.next()) {
        if ((rows.reject() == null) == (wanted == CsvPlan.Rows.GOOD)) {
          make();
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw CsvHeader.broken(file.path(), e);
    }
  }

  private RowReader open() {
    try {
      return RowReader.open(file);
    } catch (IOException e) {
      throw CsvHeader.broken(file.path(), e);
    }
  }

  private void make() {
    RecordReader source = rows.record();
    shift = source.recordStart();
    record = Arrays.copyOfRange(source.buffer(), shift, source.recordEnd());
    for (int i = 0; i < makers.length; i++) {
      values[i] = makers[i].make();
    }
  }

  @Override
  public InternalRow get() {
    return row;
  }

  @Override
  public void close() throws IOException {
    if (rows != null) {
      rows.close();
    }
  }

  private Maker maker(StructField column) {
    return switch (column.name()) {
      case CsvRows.ROW -> () -> rows.record().line();
      case CsvRows.REJECT -> () -> UTF8String.fromString(rows.reject());
      case CsvRows.RAW -> () -> UTF8String.fromString(rows.raw());
      case CsvRows.REPAIRS -> repairs();
      default -> ofCell(file.cells().get(column.name()), column.dataType());
    };
  }

  private Maker ofCell(Cell cell, DataType type) {
    if (cell == null) {
      return () -> null;
    }
    return switch (cell.kind()) {
      case CONSTANT -> constant(cell.text(), type);
      case FIELD -> () -> text(cell.position());
      case JSON_VALUE ->
          () -> UTF8String.fromString(rows.jsonObject(cell.position()).get(cell.text()));
      case MAP -> map(cell);
    };
  }

  private static Maker constant(String text, DataType type) {
    Object value =
        type.equals(DataTypes.DateType)
            ? (Object) Math.toIntExact(LocalDate.parse(text).toEpochDay())
            : type.equals(DataTypes.IntegerType)
                ? (Object) Integer.valueOf(text)
                : UTF8String.fromString(text);
    return () -> value;
  }

  private UTF8String text(int field) {
    if (rows.absent(field)) {
      return null;
    }
    RecordReader source = rows.record();
    if (source.escaped(field)) {
      return UTF8String.fromBytes(rows.bytes(field));
    }
    int from = source.fieldStart(field);
    return UTF8String.fromBytes(record, from - shift, source.fieldEnd(field) - from);
  }

  private Maker map(Cell cell) {
    List<Cell.Entry> entries = cell.entries();
    UTF8String[] keys =
        entries.stream().map(e -> UTF8String.fromString(e.key())).toArray(UTF8String[]::new);
    return () -> {
      List<Object> names = new ArrayList<>();
      List<Object> texts = new ArrayList<>();
      for (int i = 0; i < keys.length; i++) {
        UTF8String text = text(entries.get(i).position());
        if (text != null) {
          names.add(keys[i]);
          texts.add(text);
        }
      }
      for (int position : cell.json()) {
        for (Map.Entry<String, String> member : rows.jsonObject(position).entrySet()) {
          names.add(UTF8String.fromString(member.getKey()));
          texts.add(UTF8String.fromString(member.getValue()));
        }
      }
      return new ArrayBasedMapData(
          new GenericArrayData(names.toArray()), new GenericArrayData(texts.toArray()));
    };
  }

  private Maker repairs() {
    GenericArrayData ofFile = texts(file.repairs());
    List<String> withNull = new ArrayList<>(file.repairs());
    withNull.add(CsvFile.LITERAL_NULL);
    GenericArrayData ofRow = texts(withNull);
    return () -> rows.hasLiteralNull() ? ofRow : ofFile;
  }

  private static GenericArrayData texts(List<String> names) {
    return names.isEmpty()
        ? NOTHING
        : new GenericArrayData(
            names.stream()
                .map(n -> UTF8String.fromBytes(n.getBytes(StandardCharsets.UTF_8)))
                .toArray());
  }
}
