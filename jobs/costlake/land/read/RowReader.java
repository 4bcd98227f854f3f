package costlake.land.read;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** Records of one file, each judged against the file's header and checks. */
final class RowReader implements Closeable {
  static final int RAW_BYTES_MAX = 4096;
  private static final int VALUE_IN_MESSAGE_MAX = 60;
  private static final Map<String, String> NO_OBJECT =
      Collections.unmodifiableMap(new HashMap<>(0));

  private final CsvFile file;
  private final RecordReader records;
  private final byte[] nullText;
  private final Map<Integer, Map<String, String>> json = new HashMap<>();
  private String reject;

  private RowReader(CsvFile file, RecordReader records) {
    this.file = file;
    this.records = records;
    this.nullText =
        file.nullText() == null ? null : file.nullText().getBytes(StandardCharsets.UTF_8);
  }

  /** Goes on after the header. */
  static RowReader after(CsvFile file, RecordReader records) {
    return new RowReader(file, records);
  }

  /** Opens the file and passes over its header. */
  static RowReader open(CsvFile file) throws IOException {
    RecordReader records = CsvHeader.open(Path.of(file.path()), file.recordBytesMax());
    records.next();
    return new RowReader(file, records);
  }

  /** Moves to the next row, good or rejected. */
  boolean next() throws IOException {
    json.clear();
    if (!records.next()) {
      return false;
    }
    reject = judge();
    return true;
  }

  private String judge() {
    if (records.problem() != null) {
      return records.problem();
    }
    if (records.fields() != file.width()) {
      return records.fields() + " fields where the header has " + file.width();
    }
    if (!Values.utf8(records.buffer(), records.recordStart(), records.recordEnd())) {
      return "bytes that are not UTF-8";
    }
    for (Check check : file.checks()) {
      String problem = judge(check);
      if (problem != null) {
        return problem;
      }
    }
    return null;
  }

  private String judge(Check check) {
    int field = check.position();
    if (absent(field)) {
      return check.rule().required() ? check.column() + " is empty" : null;
    }
    byte[] b = records.buffer();
    int from = records.fieldStart(field);
    int to = records.fieldEnd(field);
    boolean good =
        switch (check.rule()) {
          case MONEY, MONEY_REQUIRED -> Values.money(b, from, to);
          case TIME, TIME_REQUIRED -> Values.time(b, from, to);
          case MONTH_REQUIRED -> Values.month(b, from, to);
          case REQUIRED -> true;
          case JSON_OBJECT -> jsonObject(field) != NO_OBJECT;
        };
    return good ? null : message(check);
  }

  private String message(Check check) {
    String text = records.text(check.position());
    String shown =
        text.length() <= VALUE_IN_MESSAGE_MAX
            ? text
            : text.substring(0, VALUE_IN_MESSAGE_MAX) + "...";
    String what =
        switch (check.rule()) {
          case MONEY, MONEY_REQUIRED -> " is no decimal that decimal(38,21) holds exactly: '";
          case TIME, TIME_REQUIRED -> " is no date or time: '";
          case MONTH_REQUIRED -> " is no month: '";
          case JSON_OBJECT -> " is no JSON object: '";
          case REQUIRED -> " is empty: '";
        };
    return check.column() + what + shown + "'";
  }

  /** Whether the field is null: empty, or the unquoted text that stands for null. */
  boolean absent(int field) {
    int from = records.fieldStart(field);
    int to = records.fieldEnd(field);
    if (from == to) {
      return !(file.emptyIsText() && records.quoted(field));
    }
    return literalNull(field, from, to);
  }

  private boolean literalNull(int field, int from, int to) {
    return nullText != null
        && to - from == nullText.length
        && !records.quoted(field)
        && Arrays.equals(records.buffer(), from, to, nullText, 0, nullText.length);
  }

  /** Whether any field is the unquoted text that stands for null. */
  boolean hasLiteralNull() {
    if (nullText == null) {
      return false;
    }
    for (int i = 0; i < records.fields(); i++) {
      if (literalNull(i, records.fieldStart(i), records.fieldEnd(i))) {
        return true;
      }
    }
    return false;
  }

  /** The members of the JSON object in a field; empty when the field is null. */
  Map<String, String> jsonObject(int field) {
    if (absent(field)) {
      return Map.of();
    }
    return json.computeIfAbsent(
        field,
        f -> {
          byte[] text = bytes(f);
          Map<String, String> members = JsonMaps.parse(text, 0, text.length);
          return members == null ? NO_OBJECT : members;
        });
  }

  /** A field's bytes, doubled quotes made one. */
  byte[] bytes(int field) {
    byte[] copy =
        Arrays.copyOfRange(records.buffer(), records.fieldStart(field), records.fieldEnd(field));
    return records.escaped(field) ? Arrays.copyOf(copy, unescape(copy, 0, copy.length)) : copy;
  }

  /** Makes doubled quotes one, in place; returns the offset behind the text. */
  static int unescape(byte[] b, int from, int to) {
    int out = from;
    for (int i = from; i < to; i++) {
      b[out++] = b[i];
      if (b[i] == '"') {
        i++;
      }
    }
    return out;
  }

  /** Why the row is rejected, or null. */
  String reject() {
    return reject;
  }

  /** The start of the row as delivered. */
  String raw() {
    return records.raw(RAW_BYTES_MAX);
  }

  RecordReader record() {
    return records;
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
