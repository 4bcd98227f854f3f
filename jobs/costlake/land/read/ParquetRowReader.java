package costlake.land.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
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

/** Rows of one Parquet file, or of a part of its row groups. */
final class ParquetRowReader implements RowReader {
  private static final String ROUNDED = "rounded_to_21_digits:";

  private final FilePlan file;
  private final ParquetFileReader pages;
  private final MessageType schema;
  private final MessageColumnIO columns;
  private final @Nullable ParquetField[] fields;
  private final List<FieldCheck> checks;
  private final List<FieldCheck> doubles;
  private final List<Integer> all;
  private final RecordMaterializer<Boolean> rows;
  private @Nullable RecordReader<Boolean> records;
  private long left;
  private long number;
  private @Nullable String reject;

  private ParquetRowReader(FilePlan file, Set<Integer> wanted, ParquetFileReader pages) {
    this.file = file;
    this.pages = pages;
    schema = pages.getFileMetaData().getSchema();
    checks = file.clean() ? List.of() : file.checks().stream().filter(this::open).toList();
    doubles = file.checks().stream().filter(this::mayRound).toList();
    all = List.copyOf(file.positions());
    Set<Integer> read = new TreeSet<>(wanted);
    checks.forEach(check -> read.add(check.position()));
    List<Type> types = new ArrayList<>();
    List<Converter> converters = new ArrayList<>();
    fields = new ParquetField[schema.getFieldCount()];
    for (int i = 0; i < fields.length; i++) {
      if (read.contains(i)) {
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
   * @param wanted fields that will be requested; only these and those of checks are read
   * @param slice the row groups to read
   */
  static ParquetRowReader open(FilePlan file, Set<Integer> wanted, ParquetSlice slice)
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

  /** Whether a check has anything to find: a map is an object. */
  private boolean open(FieldCheck check) {
    return check.rule() != FieldCheck.Rule.JSON_OBJECT
        || !ParquetJson.isMap(schema.getType(check.position()));
  }

  private boolean mayRound(FieldCheck check) {
    return check.rule().money() && ParquetText.floating(schema.getType(check.position()));
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
      reject = findProblem();
      return true;
    } catch (RuntimeException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private @Nullable String findProblem() {
    for (FieldCheck check : checks) {
      UTF8String text = text(check.position());
      if (text == null) {
        if (check.problemOfNull() != null) {
          return check.problemOfNull();
        }
      } else if (!holds(check, text)) {
        return check.problem(text.toString());
      }
    }
    return null;
  }

  private boolean holds(FieldCheck check, UTF8String text) {
    if (check.rule() == FieldCheck.Rule.JSON_OBJECT) {
      return fields[check.position()].object() != null;
    }
    byte[] bytes = text.getBytes();
    return check.holds(bytes, 0, bytes.length);
  }

  @Override
  public @Nullable UTF8String text(int field) {
    UTF8String text = fields[field] == null ? null : fields[field].text();
    return text == null || (text.numBytes() == 0 && !file.emptyIsText()) ? null : text;
  }

  @Override
  public Map<UTF8String, UTF8String> object(int field) {
    Map<UTF8String, UTF8String> members = fields[field] == null ? null : fields[field].object();
    return members == null ? Map.of() : members;
  }

  @Override
  public boolean whole() {
    return Arrays.stream(fields).noneMatch(Objects::isNull);
  }

  @Override
  public long wholeKey(long seed) {
    return hash(all, seed);
  }

  @Override
  public List<String> repairs() {
    List<String> repairs = List.of();
    for (FieldCheck check : doubles) {
      ParquetField field = fields[check.position()];
      if (field != null && field.rounded()) {
        repairs = repairs.isEmpty() ? new ArrayList<>() : repairs;
        repairs.add(ROUNDED + check.column());
      }
    }
    return repairs;
  }

  /** The columns that are not null, as a JSON object of texts. */
  @Override
  public String raw() {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < fields.length && json.length() < RAW_MAX; i++) {
      UTF8String text = text(i);
      if (text != null) {
        json.append(json.length() == 1 ? "" : ",")
            .append(ParquetJson.literal(UTF8String.fromString(schema.getFieldName(i)), true))
            .append(':')
            .append(ParquetJson.literal(text, true));
      }
    }
    json.append('}');
    return json.substring(0, Math.min(json.length(), RAW_MAX));
  }

  @Override
  public @Nullable String reject() {
    return reject;
  }

  @Override
  public long number() {
    return number;
  }

  @Override
  public void close() throws IOException {
    pages.close();
  }

  /** Passes the fields on as a side effect; the record itself is empty. */
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
