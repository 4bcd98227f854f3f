package costlake.land.read.csv;

import costlake.land.read.rows.FieldCheck;
import costlake.land.read.rows.FilePlan;
import costlake.land.read.rows.JsonMaps;
import costlake.land.read.rows.RowReader;
import costlake.land.read.rows.ValueChecks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.Platform;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Reads the records of one CSV file. Copies the bytes of a record at most once. */
public final class CsvRowReader implements RowReader {
  private static final List<String> NULL_REPAIRED = List.of(FilePlan.LITERAL_NULL);
  private static final Map<UTF8String, UTF8String> NO_OBJECT = new HashMap<>(0);

  private final FilePlan file;
  private final RecordReader records;
  private final List<FieldCheck> checks;
  private final int header;
  private final boolean headed;
  private final byte[][] nullTexts;
  private final Map<Integer, Map<UTF8String, UTF8String>> json = new HashMap<>();
  private byte @Nullable [] copy;
  private @Nullable String reject;

  /** Whether the current record was not yet returned. */
  private boolean waiting;

  /** Reads the records from the current one on, without the header. */
  public CsvRowReader(FilePlan file, RecordReader records) {
    this.file = file;
    this.records = records;
    this.checks = file.clean() ? List.of() : file.checks();
    this.header = file.columns().hashCode();
    this.headed = CsvHeader.texts(records).equals(file.columns());
    this.waiting = !headed;
    this.nullTexts =
        file.nullTexts().stream()
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toArray(byte[][]::new);
  }

  /** Opens the file and skips its header, if it has one. */
  static CsvRowReader open(FilePlan file) throws IOException {
    RecordReader records = CsvHeader.open(Path.of(file.path()), file.recordBytesMax());
    try {
      records.next();
      return new CsvRowReader(file, records);
    } catch (IOException e) {
      records.close();
      throw e;
    }
  }

  @Override
  public boolean next() throws IOException {
    json.clear();
    copy = null;
    if (!waiting && !records.next()) {
      return false;
    }
    waiting = false;
    joinFreeText();
    reject = findProblem();
    return true;
  }

  /** Joins the fields into which the separator divides free text. */
  private void joinFreeText() {
    int more = records.fields() - file.width();
    if (more > 0 && file.layout().freeText() >= 0) {
      records.join(file.layout().freeText(), more);
    }
  }

  private @Nullable String findProblem() {
    if (records.isTooLong()) {
      return records.problem() + TOO_LONG_HINT;
    }
    if (records.problem() != null) {
      return records.problem();
    }
    if (records.fields() != file.width()) {
      String expected = headed ? " fields where the header has " : " fields and not ";
      return records.fields() + expected + file.width();
    }
    if (!ValueChecks.utf8(records.buffer(), records.start(), records.end())) {
      return "bytes that are not UTF-8";
    }
    if (ValueChecks.hasNul(records.buffer(), records.start(), records.end())) {
      return "a NUL character";
    }
    for (FieldCheck check : checks) {
      String problem = findProblem(check);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private @Nullable String findProblem(FieldCheck check) {
    int field = check.position();
    if (absent(field)) {
      return check.problemOfNull();
    }
    boolean good =
        check.rule() == FieldCheck.Rule.JSON_OBJECT
            ? object(field) != NO_OBJECT
            : check.holds(records.buffer(), records.fieldStart(field), records.fieldEnd(field));
    return good ? null : check.problem(records.text(field));
  }

  /** Whether the field is null: empty, or the unquoted text that means null. */
  private boolean absent(int field) {
    int from = records.fieldStart(field);
    int to = records.fieldEnd(field);
    if (from == to) {
      return !(file.emptyIsText() && records.quoted(field));
    }
    return literalNull(field, from, to);
  }

  private boolean literalNull(int field, int from, int to) {
    if (nullTexts.length == 0 || records.quoted(field)) {
      return false;
    }
    for (byte[] text : nullTexts) {
      if (Arrays.equals(records.buffer(), from, to, text, 0, text.length)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean whole() {
    return true;
  }

  @Override
  public long wholeKey(long seed) {
    int from = records.start();
    return XXH64.hashUnsafeBytes(
        records.buffer(),
        Platform.BYTE_ARRAY_OFFSET + (long) from,
        records.end() - from,
        seed ^ header);
  }

  @Override
  public List<String> repairs() {
    for (int i = 0; nullTexts.length > 0 && i < records.fields(); i++) {
      if (literalNull(i, records.fieldStart(i), records.fieldEnd(i))) {
        return NULL_REPAIRED;
      }
    }
    return List.of();
  }

  /**
   * Returns null if the record has another number of fields than the header, because the columns of
   * its values are unknown.
   */
  @Override
  public @Nullable UTF8String text(int field) {
    if (records.fields() != file.width() || absent(field)) {
      return null;
    }
    if (records.escaped(field)) {
      return UTF8String.fromBytes(unescaped(field));
    }
    int shift = records.start();
    if (copy == null) {
      copy = Arrays.copyOfRange(records.buffer(), shift, records.end());
    }
    int from = records.fieldStart(field);
    return UTF8String.fromBytes(copy, from - shift, records.fieldEnd(field) - from);
  }

  @Override
  public Map<UTF8String, UTF8String> object(int field) {
    if (records.fields() != file.width() || absent(field)) {
      return Map.of();
    }
    return json.computeIfAbsent(
        field,
        f -> {
          Map<UTF8String, UTF8String> members = JsonMaps.parse(unescaped(f));
          return members == null ? NO_OBJECT : members;
        });
  }

  /** Returns the bytes of a field, with each doubled quote replaced by one quote. */
  private byte[] unescaped(int field) {
    byte[] bytes =
        Arrays.copyOfRange(records.buffer(), records.fieldStart(field), records.fieldEnd(field));
    if (!records.escaped(field)) {
      return bytes;
    }
    int out = 0;
    for (int i = 0; i < bytes.length; i++) {
      bytes[out++] = bytes[i];
      if (bytes[i] == '"') {
        i++;
      }
    }
    return Arrays.copyOf(bytes, out);
  }

  @Override
  public @Nullable String reject() {
    return reject;
  }

  @Override
  public long number() {
    return records.line();
  }

  @Override
  public String raw() {
    return records.raw(RAW_MAX);
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
