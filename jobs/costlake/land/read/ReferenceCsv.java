package costlake.land.read;

import costlake.core.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The small tables of {@code conf/reference} that travel in the jar. */
public final class ReferenceCsv {
  private static final int RECORD_BYTES_MAX = 1 << 16;

  private ReferenceCsv() {}

  /** Rows of {@code conf/reference/NAME}, each a map from column to text; empty text is "". */
  public static List<Map<String, String>> read(String name) {
    String path = "/conf/reference/" + name;
    try (InputStream in = ReferenceCsv.class.getResourceAsStream(path)) {
      return read(path, in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the embedded " + path, e);
    }
  }

  /**
   * The rows of a table that is open.
   *
   * @param path as errors name it
   * @throws Failure of the data's family when a record has another number of values than the header
   */
  public static List<Map<String, String>> read(String path, InputStream in) throws IOException {
    try (RecordReader records = CsvHeader.open(in, path, RECORD_BYTES_MAX)) {
      List<String> header = CsvHeader.read(path, records).names();
      List<Map<String, String>> rows = new ArrayList<>();
      while (records.next()) {
        if (records.fields() != header.size()) {
          throw Failure.data(
              "Cannot read "
                  + path
                  + ": record "
                  + (rows.size() + 1)
                  + " has "
                  + records.fields()
                  + " values, the header "
                  + header.size()
                  + ". Give each record a value for each column.");
        }
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
          row.put(header.get(i), records.text(i));
        }
        rows.add(row);
      }
      return rows;
    }
  }
}
