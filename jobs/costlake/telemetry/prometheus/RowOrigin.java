package costlake.telemetry.prometheus;

import costlake.telemetry.series.Finding;
import costlake.telemetry.series.TableDecimals;
import costlake.telemetry.series.UtcHours;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.jspecify.annotations.Nullable;

/** The source, cluster and day of rows of hours. */
public record RowOrigin(String sourceId, String cluster, LocalDate date) {
  /** The columns of a relation of findings, see {@link #findings}. */
  public static final String FINDING_COLUMNS =
      """
      _source_id string, usage_date string, hour_start_ms bigint, cluster_id string,
      subject string, reason string, measured decimal(38,9), allowed decimal(38,9)\
      """;

  /**
   * Returns a row with the source, the day, the first millisecond of the hour and the cluster, and
   * then these values.
   *
   * @param hour hour of the day; null if the row is about the whole day
   */
  public Row row(@Nullable Integer hour, @Nullable Object... values) {
    Long start =
        hour == null
            ? null
            : date.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli()
                + hour * UtcHours.HOUR_MS;
    List<@Nullable Object> all = new ArrayList<>();
    all.add(sourceId);
    all.add(date.toString());
    all.add(start);
    all.add(cluster);
    for (Object value : values) {
      all.add(value);
    }
    return RowFactory.create(all.toArray());
  }

  /** Returns a row for each finding. */
  public List<Row> findings(List<Finding> findings) {
    return findings.stream()
        .map(
            finding ->
                row(
                    finding.hour(),
                    finding.subject(),
                    finding.reason(),
                    TableDecimals.figure(finding.measured()),
                    TableDecimals.figure(finding.allowed())))
        .toList();
  }
}
