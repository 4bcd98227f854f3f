package costlake.watch;

import costlake.lake.DecisionStage;
import costlake.lake.Lake;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;

/** The hours that watches recorded in a lake. */
final class Recorded {
  private static final String LAST =
      """
      select * except (last_watch)
      from (select *, max(watch) over (partition by cluster_id, hour_start) as last_watch from ops.watched_hours where %s)
      where watch = last_watch
      """;

  private record Key(String cluster, Instant hour) {}

  private final Published published;

  Recorded(Published published) {
    this.published = published;
  }

  /** Returns the hours before a window, as the last watch of each found them. */
  List<PricedHour> before(Window window) {
    return rows("hour_start < timestamp'%s'".formatted(window.from())).stream()
        .map(HourRows::hour)
        .toList();
  }

  /**
   * Records hours, all of them or none. An hour that an earlier watch found the same is not
   * recorded again; otherwise the new rows count.
   *
   * @param hours hours of the window that are over, with all rows of a cluster
   */
  void add(List<PricedHour> hours, Window window) {
    Lake lake = published.lake();
    try (DecisionStage<KnownFinding> stage = lake.begin(new WatchLog(), "watch-" + window.at())) {
      Map<Key, List<Row>> earlier =
          rows("hour_start >= timestamp'%s'".formatted(window.from())).stream()
              .collect(
                  Collectors.groupingBy(
                      row ->
                          new Key(row.getAs(HourRows.CLUSTER), HourRows.time(row, HourRows.HOUR))));
      List<Row> rows = new ArrayList<>();
      hours.stream()
          .collect(
              Collectors.groupingBy(hour -> new Key(hour.held().cluster(), hour.held().hour())))
          .forEach(
              (key, own) ->
                  rows.addAll(changed(own, earlier.getOrDefault(key, List.of()), window.at())));
      stage.append(WatchLog.HOURS, rows);
    }
  }

  private static List<Row> changed(List<PricedHour> hours, List<Row> earlier, Instant at) {
    long watch = earlier.isEmpty() ? 1 : earlier.get(0).<Long>getAs(HourRows.WATCH) + 1;
    List<Row> rows = hours.stream().map(hour -> HourRows.of(hour, watch, at)).toList();
    return HourRows.sorted(rows).equals(HourRows.sorted(earlier)) ? List.of() : rows;
  }

  private List<Row> rows(String condition) {
    return published.rows(LAST.formatted(condition), HourRows.TABLE);
  }
}
