package costlake.land.read;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One delivered CSV file, ready to be read.
 *
 * @param path where its bytes are
 * @param width number of fields of a record
 * @param cells column of the relation to its origin
 * @param emptyIsText whether a quoted empty field is an empty text rather than null
 */
public record CsvFile(
    String path,
    int width,
    Map<String, Cell> cells,
    List<Check> checks,
    String nullText,
    List<String> repairs,
    boolean emptyIsText,
    int recordBytesMax)
    implements Serializable {

  /** Name of the repair that says unquoted NULL became null. */
  public static final String LITERAL_NULL = "literal_null";

  public CsvFile {
    cells = new HashMap<>(cells);
    checks = List.copyOf(checks);
    repairs = List.copyOf(repairs);
  }

  /** The same file with further constant columns. */
  public CsvFile with(Map<String, Cell> constants) {
    Map<String, Cell> all = new HashMap<>(cells);
    all.putAll(constants);
    return new CsvFile(path, width, all, checks, nullText, repairs, emptyIsText, recordBytesMax);
  }

  /** A file of the given header whose columns are made as a mapping says. */
  public static CsvFile of(CsvHeader header, Mapping mapping, int recordBytesMax) {
    return new CsvFile(
        header.path(),
        header.names().size(),
        mapping.cells(),
        mapping.checks(),
        mapping.nullText(),
        mapping.repairs(),
        false,
        recordBytesMax);
  }

  /** A file whose columns are those of its header, as delivered. */
  public static CsvFile asDelivered(CsvHeader header, int recordBytesMax) {
    Map<String, Cell> cells = new HashMap<>();
    for (int i = 0; i < header.names().size(); i++) {
      cells.put(header.names().get(i), Cell.field(i));
    }
    return new CsvFile(
        header.path(),
        header.names().size(),
        cells,
        List.of(),
        null,
        List.of(),
        true,
        recordBytesMax);
  }
}
