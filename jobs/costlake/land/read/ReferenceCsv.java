package costlake.land.read;

import costlake.config.Config;
import costlake.config.ReferenceLists;
import costlake.core.Failure;
import costlake.land.read.csv.CsvHeader;
import costlake.land.read.csv.RecordReader;
import costlake.land.read.rows.FileShape;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the small CSV tables that are resources of the program. */
public final class ReferenceCsv {
  private static final int RECORD_BYTES_MAX = 1 << 16;

  private ReferenceCsv() {}

  /**
   * A row of a list with its place.
   *
   * @param file path of its file, for messages
   * @param number number of the row in the file, from 1
   * @param values column to text; an empty value is an empty text
   */
  public record ListRow(String file, int number, Map<String, String> values) {
    /** Returns the error for this row, with its file and number. */
    public Failure refused(String problem) {
      return Failure.operator("Cannot read row %s of %s: %s", number, file, problem);
    }
  }

  /** Reads a reference list without the rows of the configuration folder. */
  public static List<Map<String, String>> read(String list) {
    return values(rows(list));
  }

  /** Reads a reference list as {@link #rows(Config, String, Collection)} does, without places. */
  public static List<Map<String, String>> read(
      Config config, String list, Collection<String> columns) throws IOException {
    return values(rows(config, list, columns));
  }

  private static List<Map<String, String>> values(List<ListRow> rows) {
    return rows.stream().map(ListRow::values).toList();
  }

  /**
   * Reads a reference list with the rows of the configuration folder, which come first. A key of
   * theirs replaces all rows of the program with this key.
   *
   * @param columns columns that the file of the configuration folder must have
   */
  public static List<ListRow> rows(Config config, String list, Collection<String> columns)
      throws IOException {
    List<ListRow> rows = rows(list);
    Optional<Path> file = config.reference(list);
    if (file.isEmpty()) {
      return rows;
    }
    try (InputStream in = Files.newInputStream(file.get())) {
      return extended(list, placed("reference/" + list + ".csv", in, columns), rows);
    }
  }

  /** Reads the files of the program and of the kinds of sources. */
  private static List<ListRow> rows(String list) {
    List<String> columns = ReferenceLists.columns(list).orElseThrow();
    return united(columns, ReferenceLists.key(list, columns), ReferenceLists.files(list));
  }

  /**
   * Reads the files that make up a list.
   *
   * @param files texts by path
   * @throws Failure if a file lacks a column, or has a key of an earlier file
   */
  static List<ListRow> united(List<String> columns, List<String> key, Map<String, String> files) {
    List<ListRow> rows = new ArrayList<>();
    files.forEach(
        (path, text) -> {
          List<ListRow> more = placed(path, text, columns);
          refuseTwice(key, rows, more);
          rows.addAll(more);
        });
    return rows;
  }

  private static List<ListRow> placed(String path, String text, List<String> columns) {
    try {
      return placed(path, new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), columns);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the embedded list " + path, e);
    }
  }

  private static List<ListRow> placed(String path, InputStream in, Collection<String> columns)
      throws IOException {
    List<Map<String, String>> rows = read(path, in, columns);
    return IntStream.range(0, rows.size())
        .mapToObj(i -> new ListRow(path, i + 1, rows.get(i)))
        .toList();
  }

  /** Refuses a row whose key an earlier file has: none of the two replaces the other. */
  private static void refuseTwice(List<String> key, List<ListRow> earlier, List<ListRow> rows) {
    Map<List<String>, String> files = new HashMap<>();
    earlier.forEach(row -> files.put(values(row.values(), key), row.file()));
    for (ListRow row : rows) {
      String other = files.get(values(row.values(), key));
      if (other != null) {
        throw row.refused(
            "%s has the %s '%s' too. Give this row another."
                .formatted(
                    other, String.join(", ", key), String.join(", ", values(row.values(), key))));
      }
    }
  }

  private static List<ListRow> extended(String list, List<ListRow> own, List<ListRow> rows) {
    if (rows.isEmpty()) {
      return own;
    }
    List<String> key = ReferenceLists.key(list, rows.get(0).values().keySet());
    Set<List<String>> replaced =
        own.stream().map(row -> values(row.values(), key)).collect(Collectors.toSet());
    return Stream.concat(
            own.stream(),
            rows.stream().filter(row -> !replaced.contains(values(row.values(), key))))
        .toList();
  }

  private static List<String> values(Map<String, String> row, List<String> columns) {
    return columns.stream().map(column -> value(row, column)).toList();
  }

  /** Reads a table of a kind of source, e.g. {@code focus/columns.csv}. */
  public static List<Map<String, String>> ofKind(String file) {
    String path = "/sources/" + file;
    try (InputStream in = ReferenceCsv.class.getResourceAsStream(path)) {
      return read(path, in, List.of());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the embedded " + path, e);
    }
  }

  /** Returns the value of a row in a column of the table. */
  public static String value(Map<String, String> row, String column) {
    return Objects.requireNonNull(row.get(column), column);
  }

  /**
   * Reads a table from a stream.
   *
   * @param path path of the file, for messages
   * @param columns columns that the header must have
   * @throws Failure if the header cannot be read or lacks a column, or if a record cannot be read
   *     or has more or fewer values than the header
   */
  public static List<Map<String, String>> read(
      String path, InputStream in, Collection<String> columns) throws IOException {
    try (RecordReader records = CsvHeader.open(in, path, RECORD_BYTES_MAX)) {
      List<String> header = CsvHeader.columns(path, records, FileShape.PLAIN);
      for (String column : columns) {
        if (!header.contains(column)) {
          throw Failure.operator("Cannot read %s: it has no column '%s'. Add it.", path, column);
        }
      }
      List<Map<String, String>> rows = new ArrayList<>();
      while (records.next()) {
        rows.add(row(path, header, records));
      }
      return rows;
    }
  }

  private static Map<String, String> row(String path, List<String> header, RecordReader records) {
    if (records.problem() != null || records.fields() != header.size()) {
      throw Failure.operator(
          """
          Cannot read line %s of %s: %s. Write one value for each column, in double quotes if it
          contains a comma.
          """,
          records.line(),
          path,
          records.problem() != null
              ? records.problem()
              : "it has " + records.fields() + " values, the header " + header.size());
    }
    Map<String, String> row = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      row.put(header.get(i), records.text(i));
    }
    return row;
  }
}
