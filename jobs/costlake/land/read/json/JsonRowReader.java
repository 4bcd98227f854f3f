package costlake.land.read.json;

import costlake.land.read.rows.FilePlan;
import costlake.land.read.rows.TextRows;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.expressions.XXH64;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** Reads the rows of a JSON lines file. A field is null if the object does not have the key. */
final class JsonRowReader extends TextRows {
  private final JsonLines lines;
  private final Map<String, Integer> positions = new HashMap<>();
  private final Map<UTF8String, Integer> names = new TreeMap<>();
  private final long[] takenAt;
  private @Nullable String unknown;
  private long rows;

  /** Reads from the first line. */
  JsonRowReader(FilePlan file, Set<Integer> wanted, JsonLines lines) {
    super(file, wanted, List.of());
    this.lines = lines;
    this.takenAt = new long[file.width()];
    file.columns().forEach(column -> positions.put(column, positions.size()));
    positions.forEach((column, position) -> names.put(UTF8String.fromString(column), position));
  }

  @Override
  public boolean next() throws IOException {
    clear();
    rows++;
    unknown = null;
    if (!lines.next(this::take)) {
      return false;
    }
    if (lines.problem() == null) {
      refuseUnknown();
      check();
    } else {
      reject(lines.problem());
    }
    return true;
  }

  /** Fails if the line has a key that was not found when the columns were read. */
  private void refuseUnknown() throws IOException {
    if (unknown != null) {
      throw new IOException(
          "it has a key '" + unknown + "' that it did not have when its keys were read");
    }
  }

  private @Nullable String take(String name) throws IOException {
    Integer position = positions.get(name);
    if (position == null) {
      unknown = name;
      return null;
    }
    if (takenAt[position] == rows) {
      return "the key '" + name + "' twice";
    }
    takenAt[position] = rows;
    if (isRead(position)) {
      set(position, lines.text());
    }
    return null;
  }

  /**
   * Hashes names and values in the order of the names, because equal objects may have their keys in
   * another order and omit nulls.
   */
  @Override
  public long wholeKey(long seed) {
    long key = seed;
    for (Map.Entry<UTF8String, Integer> column : names.entrySet()) {
      UTF8String text = text(column.getValue());
      if (text != null) {
        key = XXH64.hashUTF8String(text, XXH64.hashUTF8String(column.getKey(), key));
      }
    }
    return key;
  }

  @Override
  public boolean isRounded(int field) {
    return false;
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
