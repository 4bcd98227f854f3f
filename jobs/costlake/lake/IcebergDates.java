package costlake.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import costlake.core.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;

/**
 * Corrects dates in the future in the metadata of Iceberg tables. Iceberg refuses to write a table
 * that is dated later than the clock: if a clock was ahead and is corrected, every night would fail
 * until the clock reaches that date. Replaces such dates with the present time. Versions and rows
 * stay the same.
 */
final class IcebergDates {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DATE = "timestamp-ms";
  private static final String LAST = "last-updated-ms";
  private static final String FILES = "metadata-log";

  /** The difference between clocks that Iceberg itself accepts. */
  private static final Duration TOLERANCE = Duration.ofMinutes(1);

  private IcebergDates() {}

  /**
   * Returns a table that can be written now. Corrects its dates if they are in the future.
   *
   * @throws Failure with exit code 2 if the catalog does not allow its dates to be changed
   */
  static Table writable(Table table) {
    Instant now = Clock.systemUTC().instant();
    TableOperations operations = ((HasTableOperations) table).operations();
    if (!isAhead(operations.current(), now)) {
      return table;
    }
    operations.commit(operations.current(), dated(operations.current(), now.toEpochMilli()));
    if (isAhead(operations.refresh(), now)) {
      throw Failure.operator(
          """
          Cannot write %s: it is dated %s, later than this machine's clock (%s), and its catalog
          does not allow the date to be changed. Correct the clock, or wait until then
          """,
          table.name(), Instant.ofEpochMilli(operations.current().lastUpdatedMillis()), now);
    }
    table.refresh();
    return table;
  }

  private static boolean isAhead(TableMetadata metadata, Instant now) {
    return metadata.lastUpdatedMillis() > now.plus(TOLERANCE).toEpochMilli();
  }

  private static TableMetadata dated(TableMetadata metadata, long latest) {
    try {
      ObjectNode json = (ObjectNode) JSON.readTree(TableMetadataParser.toJson(metadata));
      json.withArray(FILES)
          .addObject()
          .put("metadata-file", metadata.metadataFileLocation())
          .put(DATE, latest);
      limit(json, LAST, latest);
      for (String log : List.of("snapshots", "snapshot-log", FILES)) {
        for (JsonNode entry : json.withArray(log)) {
          limit((ObjectNode) entry, DATE, latest);
        }
      }
      return TableMetadataParser.fromJson(JSON.writeValueAsString(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Iceberg writes JSON", e);
    }
  }

  private static void limit(ObjectNode node, String date, long latest) {
    node.put(date, Math.min(node.get(date).asLong(), latest));
  }
}
