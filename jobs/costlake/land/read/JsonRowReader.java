package costlake.land.read;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Rows of a file of JSON lines. A key that an object lacks is null. */
final class JsonRowReader extends FieldRows {
  private final JsonLines lines;
  private final Map<String, Integer> positions = new HashMap<>();
  private final TextFields fields;
  private final long[] takenAt;
  private @Nullable String reject;
  private long rows;

  /** Begins before the first line. */
  JsonRowReader(FilePlan file, Set<Integer> wanted, JsonLines lines) {
    super(file, wanted, file.checks(), List.of());
    this.lines = lines;
    this.fields = new TextFields(file.width());
    this.takenAt = new long[file.width()];
    file.columns().forEach(column -> positions.put(column, positions.size()));
  }

  @Override
  public boolean next() throws IOException {
    fields.clear();
    rows++;
    if (!lines.next(this::take)) {
      return false;
    }
    reject = lines.problem() == null ? findProblem() : lines.problem();
    return true;
  }

  private @Nullable String take(String name) throws IOException {
    Integer position = positions.get(name);
    if (position == null) {
      throw new IOException("it has a key '" + name + "' that it had not when its keys were read");
    }
    if (takenAt[position] == rows) {
      return "the key '" + name + "' twice";
    }
    takenAt[position] = rows;
    if (isRead(position)) {
      fields.set(position, lines.text());
    }
    return null;
  }

  @Override
  @Nullable UTF8String value(int field) {
    return fields.get(field);
  }

  @Override
  @Nullable Map<UTF8String, UTF8String> members(int field) {
    return fields.members(field);
  }

  @Override
  boolean isRounded(int field) {
    return false;
  }

  @Override
  public @Nullable String reject() {
    return reject;
  }

  @Override
  public long number() {
    return lines.number();
  }

  @Override
  public String raw() {
    return lines.raw(RAW_MAX);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
