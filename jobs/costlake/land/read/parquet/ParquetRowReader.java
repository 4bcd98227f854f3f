package costlake.land.read.parquet;

import costlake.land.read.rows.FieldCheck;
import costlake.land.read.rows.FieldRows;
import costlake.land.read.rows.FilePlan;
import costlake.land.read.rows.FileSlice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.MessageColumnIO;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.io.api.Converter;
import org.apache.parquet.io.api.GroupConverter;
import org.apache.parquet.io.api.RecordMaterializer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one Parquet file, or of some of its row groups. */
final class ParquetRowReader extends FieldRows {
  private final ParquetFileReader pages;
  private final MessageColumnIO columns;
  private final @Nullable ParquetField[] fields;
  private final RecordMaterializer<Boolean> rows;
  private @Nullable RecordReader<Boolean> records;
  private long left;
  private long number;

  private ParquetRowReader(FilePlan file, Set<Integer> wanted, ParquetFileReader pages) {
    super(
        file,
        wanted,
        file.checks().stream().filter(check -> isOpen(check, type(pages, check))).toList(),
        file.checks().stream().filter(check -> mayRound(check, type(pages, check))).toList());
    this.pages = pages;
    MessageType schema = pages.getFileMetaData().getSchema();
    List<Type> types = new ArrayList<>();
    List<Converter> converters = new ArrayList<>();
    fields = new ParquetField[schema.getFieldCount()];
    for (int i = 0; i < fields.length; i++) {
      if (isRead(i)) {
        fields[i] = ParquetField.of(schema.getType(i));
        types.add(schema.getType(i));
        converters.add(fields[i].converter());
      }
    }
    MessageType requested = new MessageType(schema.getName(), types);
    pages.setRequestedSchema(requested);
    columns =
        new ColumnIOFactory(pages.getFileMetaData().getCreatedBy()).getColumnIO(requested, schema);
    rows = new Rows(new ParquetField.Group(converters, this::clear, () -> {}));
  }

  /**
   * Opens a file.
   *
   * @param wanted positions of the fields to read, in addition to the fields of checks
   * @param slice the row groups to read
   */
  static ParquetRowReader open(FilePlan file, Set<Integer> wanted, FileSlice slice)
      throws IOException {
    ParquetReadOptions options =
        ParquetReadOptions.builder(new PlainParquetConfiguration())
            .withRange(slice.from(), slice.to())
            .usePageChecksumVerification()
            .build();
    ParquetFileReader pages = null;
    try {
      pages = ParquetFileReader.open(new LocalInputFile(Path.of(file.path())), options);
      return new ParquetRowReader(file, wanted, pages);
    } catch (RuntimeException e) {
      if (pages != null) {
        pages.close();
      }
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Type type(ParquetFileReader pages, FieldCheck check) {
    return pages.getFileMetaData().getSchema().getType(check.position());
  }

  /** Whether a check can fail. The check for an object cannot fail for a map. */
  private static boolean isOpen(FieldCheck check, Type type) {
    return check.rule() != FieldCheck.Rule.JSON_OBJECT || !ParquetJson.isMap(type);
  }

  private static boolean mayRound(FieldCheck check, Type type) {
    return check.rule().money() && ParquetText.floating(type);
  }

  private void clear() {
    for (ParquetField field : fields) {
      if (field != null) {
        field.clear();
      }
    }
  }

  @Override
  public boolean next() throws IOException {
    try {
      while (left == 0) {
        PageReadStore group = pages.readNextRowGroup();
        if (group == null) {
          return false;
        }
        left = group.getRowCount();
        number = group.getRowIndexOffset().orElseThrow();
        records = columns.getRecordReader(group, rows);
      }
      Objects.requireNonNull(records).read();
      left--;
      number++;
      check();
      return true;
    } catch (RuntimeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public @Nullable UTF8String value(int field) {
    return field(field).text();
  }

  @Override
  public boolean isInstant(int field) {
    return ParquetText.isInstant(pages.getFileMetaData().getSchema().getType(field));
  }

  @Override
  public @Nullable Map<UTF8String, UTF8String> members(int field) {
    return field(field).object();
  }

  @Override
  public boolean isNested(int field) {
    return field(field).isNested();
  }

  @Override
  public boolean isRounded(int field) {
    return field(field).rounded();
  }

  private ParquetField field(int field) {
    return Objects.requireNonNull(fields[field]);
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    pages.close();
  }

  /**
   * Passes the values of a row to the converters of the fields. The record that {@link
   * #getCurrentRecord} returns is not used.
   */
  private static final class Rows extends RecordMaterializer<Boolean> {
    private final GroupConverter root;

    Rows(GroupConverter root) {
      this.root = root;
    }

    @Override
    public Boolean getCurrentRecord() {
      return true;
    }

    @Override
    public GroupConverter getRootConverter() {
      return root;
    }
  }
}
