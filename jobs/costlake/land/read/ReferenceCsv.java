package costlake.land.read;

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
    try (InputStream in = ReferenceCsv.class.getResourceAsStream(path);
        RecordReader records = CsvHeader.open(in, path, RECORD_BYTES_MAX)) {
      List<String> header = CsvHeader.read(path, records).names();
      List<Map<String, String>> rows = new ArrayList<>();
      while (records.next()) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < header.size(); i++) {
          row.put(header.get(i), records.text(i));
        }
        rows.add(row);
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the embedded " + path, e);
    }
  }
}
