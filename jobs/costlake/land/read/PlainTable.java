package costlake.land.read;

import costlake.core.Failure;
import costlake.land.read.rows.FilePlan;
import costlake.land.read.rows.FileShape;
import costlake.land.read.rows.FileSlice;
import costlake.land.read.rows.RowReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/** A file with a table that belongs to no source, read as text without Spark. */
public final class PlainTable {
  private static final int RECORD_BYTES_MAX = 64 << 20;

  /** Receives the rows of a table, in the order of the file. */
  public interface Rows {
    /**
     * Receives a row.
     *
     * @param number line of the file for text formats, else the number of the row from 1
     * @param values the requested columns; an empty value is null
     */
    void row(long number, List<@Nullable String> values);

    /** Receives the reason why a row cannot be read. */
    void unreadable(long number, String reason);
  }

  private final Path file;
  private final List<String> columns;

  private PlainTable(Path file, List<String> columns) {
    this.file = file;
    this.columns = columns;
  }

  /**
   * Reads the columns of a file.
   *
   * @throws Failure with exit code 2 if the file does not exist or is in no known format, with exit
   *     code 3 if it is damaged
   */
  public static PlainTable of(Path file) {
    if (Files.isDirectory(file)) {
      throw Failure.operator("Cannot read %s: it is a folder. Name the files in it.", file);
    }
    if (!Formats.isRead(file.toString())) {
      throw Failure.operator(
          "Cannot read %s: the name of a table ends in %s. Rename or convert it.",
          file, Formats.READ);
    }
    return new PlainTable(file, TableFiles.columns(file, RECORD_BYTES_MAX, FileShape.PLAIN));
  }

  /** Returns the names of the columns, in the order of the file. */
  public List<String> columns() {
    return columns;
  }

  /** Returns the unit of the row numbers: line or row. */
  public String unit() {
    return Formats.unit(file.toString());
  }

  /**
   * Reads all rows.
   *
   * @param wanted names of columns of the table
   * @throws Failure with exit code 3 if the file is truncated or damaged
   */
  public void read(List<String> wanted, Rows rows) {
    int[] fields = wanted.stream().mapToInt(this::position).toArray();
    Set<Integer> positions = Arrays.stream(fields).boxed().collect(Collectors.toSet());
    FilePlan plan = FilePlan.asDelivered(file, columns, RECORD_BYTES_MAX, FileShape.PLAIN);
    try (RowReader reader = TableFiles.open(plan, positions, FileSlice.WHOLE)) {
      while (reader.next()) {
        pass(reader, fields, rows);
      }
    } catch (IOException e) {
      throw RowReader.broken(file.toString(), e);
    }
  }

  private int position(String column) {
    int position = columns.indexOf(column);
    if (position < 0) {
      throw new IllegalArgumentException("no column " + column + " in " + file);
    }
    return position;
  }

  private static void pass(RowReader reader, int[] fields, Rows rows) {
    String reason = reader.reject();
    if (reason != null) {
      rows.unreadable(reader.number(), reason);
      return;
    }
    @Nullable String[] values = new @Nullable String[fields.length];
    for (int i = 0; i < fields.length; i++) {
      UTF8String text = reader.text(fields[i]);
      values[i] = text == null || text.numBytes() == 0 ? null : text.toString();
    }
    rows.row(reader.number(), Collections.unmodifiableList(Arrays.asList(values)));
  }
}
