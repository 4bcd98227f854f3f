package costlake.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Columns that differ between two lakes with the same figures, from a file with the columns {@code
 * table, column, reason}.
 */
final class LeftOut {
  /** Stands for all columns of a table. */
  static final String ALL = "*";

  private static final int COLUMNS = 3;

  private final List<String[]> lines;

  LeftOut(Path file) {
    try (Stream<String> text = Files.lines(file)) {
      this.lines = text.skip(1).map(line -> line.split(",", COLUMNS)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the columns of a table that are not compared, with the reason. */
  Map<String, String> columns(String table) {
    Map<String, String> columns = new TreeMap<>();
    lines.stream()
        .filter(line -> line[0].equals(table))
        .forEach(line -> columns.put(line[1], line[2]));
    return columns;
  }
}
