package costlake.land.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.land.read.rows.FilePlan;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * The plan of one scan.
 *
 * @param rows whether the scan returns the good rows or the rejected rows
 */
record ScanPlan(Rows rows, List<FilePlan> files) {
  private static final ObjectMapper JSON = new ObjectMapper();

  enum Rows {
    GOOD,
    REJECTED
  }

  ScanPlan {
    files = List.copyOf(files);
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ScanPlan fromJson(String json) {
    try {
      return JSON.readValue(json, ScanPlan.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
