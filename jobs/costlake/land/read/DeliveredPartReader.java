package costlake.land.read;

import costlake.land.read.rows.ColumnOrigin;
import costlake.land.read.rows.FilePlan;
import costlake.land.read.rows.RowReader;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
import org.jspecify.annotations.Nullable;

/** Reads the rows of one file, or of a part of it, in the requested columns. */
final class DeliveredPartReader implements PartitionReader<InternalRow> {
  private static final GenericArrayData NOTHING = new GenericArrayData(new Object[0]);

  private static final ArrayBasedMapData NO_ENTRIES = new ArrayBasedMapData(NOTHING, NOTHING);

  private interface Maker {
    @Nullable Object make();
  }

  private final DeliveredPart part;
  private final FilePlan file;
  private final ScanPlan.Rows wanted;
  private final Set<Long> leftOut;
  private final Set<Integer> fields = new HashSet<>();
  private final Maker[] makers;
  private final @Nullable Object[] values;
  private final GenericInternalRow row;
  private @Nullable RowReader rows;

  DeliveredPartReader(DeliveredPart part, StructType required, ScanPlan.Rows wanted) {
    this.part = part;
    this.file = part.file();
    this.wanted = wanted;
    this.leftOut = file.repeated();
    this.makers = new Maker[required.size()];
    for (int i = 0; i < makers.length; i++) {
      makers[i] = maker(required.fields()[i]);
    }
    this.values = new Object[makers.length];
    this.row = new GenericInternalRow(values);
  }

  @Override
  public boolean next() throws IOException {
    try {
      if (rows == null) {
        rows = TableFiles.open(file, fields, part.slice());
      }
      while (rows().next()) {
        if (isWanted()) {
          for (int i = 0; i < makers.length; i++) {
            values[i] = makers[i].make();
          }
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw RowReader.broken(file.path(), e);
    }
  }

  private RowReader rows() {
    return Objects.requireNonNull(rows, "rows");
  }

  private boolean isWanted() {
    return (rows().reject() == null) == (wanted == ScanPlan.Rows.GOOD)
        && (leftOut.isEmpty() || !leftOut.contains(rows().number()));
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
      case DeliveredRows.ROW -> () -> rows().number();
      case DeliveredRows.REJECT -> () -> UTF8String.fromString(rows().reject());
      case DeliveredRows.RAW -> raw();
      case DeliveredRows.REPAIRS -> repairs();
      default -> ofCell(file.cells().get(column.name()), column.dataType());
    };
  }

  private Maker raw() {
    fields.addAll(file.positions());
    return () -> UTF8String.fromString(rows().raw());
  }

  private Maker ofCell(@Nullable ColumnOrigin cell, DataType type) {
    if (cell == null) {
      return () -> null;
    }
    fields.addAll(cell.positions());
    return switch (cell.kind()) {
      case CONSTANT -> constant(Objects.requireNonNull(cell.text()), type);
      case FIELD -> () -> rows().text(cell.position());
      case TIME -> () -> time(cell);
      case JSON_VALUE -> member(cell);
      case MAP -> map(cell);
    };
  }

  private @Nullable UTF8String time(ColumnOrigin cell) {
    UTF8String text = rows().text(cell.position());
    return text == null || rows().isInstant(cell.position())
        ? text
        : cell.times().iso(text.toString()).map(UTF8String::fromString).orElse(text);
  }

  private Maker member(ColumnOrigin cell) {
    UTF8String key = UTF8String.fromString(Objects.requireNonNull(cell.text()));
    return () -> rows().object(cell.position()).get(key);
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

  /**
   * Returns the maker of a map. If several entries have the same key, the first entry with a value
   * counts; fields count before members of objects.
   */
  private Maker map(ColumnOrigin cell) {
    List<ColumnOrigin.Entry> entries = cell.entries();
    UTF8String[] keys =
        entries.stream().map(e -> UTF8String.fromString(e.key())).toArray(UTF8String[]::new);
    Set<UTF8String> own = new HashSet<>(Arrays.asList(keys));
    Set<UTF8String> without =
        cell.without().stream().map(UTF8String::fromString).collect(Collectors.toSet());
    boolean ownTwice = own.size() < keys.length;
    boolean objects = cell.json().size() > 1;
    return () -> {
      List<Object> names = new ArrayList<>();
      List<Object> texts = new ArrayList<>();
      for (int i = 0; i < keys.length; i++) {
        UTF8String text = rows().text(entries.get(i).position());
        if (text != null && !(ownTwice && names.contains(keys[i]))) {
          names.add(keys[i]);
          texts.add(text);
        }
      }
      for (int position : cell.json()) {
        rows()
            .object(position)
            .forEach(
                (key, text) -> {
                  if (!without.contains(key)
                      && !((objects || own.contains(key)) && names.contains(key))) {
                    names.add(key);
                    texts.add(text);
                  }
                });
      }
      return names.isEmpty()
          ? NO_ENTRIES
          : new ArrayBasedMapData(
              new GenericArrayData(names.toArray()), new GenericArrayData(texts.toArray()));
    };
  }

  /**
   * Returns the maker of the list of repairs. Reads all amounts, even if they are not requested,
   * because a rounded amount is a repair.
   */
  private Maker repairs() {
    file.checks().stream()
        .filter(check -> check.rule().money())
        .forEach(check -> fields.add(check.position()));
    GenericArrayData ofFile = texts(file.repairs());
    Map<List<String>, GenericArrayData> ofRows = new HashMap<>();
    return () -> {
      List<String> ofRow = rows().repairs();
      return ofRow.isEmpty()
          ? ofFile
          : ofRows.computeIfAbsent(
              ofRow,
              names -> texts(Stream.concat(file.repairs().stream(), names.stream()).toList()));
    };
  }

  private static GenericArrayData texts(List<String> names) {
    return names.isEmpty()
        ? NOTHING
        : new GenericArrayData(names.stream().map(UTF8String::fromString).toArray());
  }
}
