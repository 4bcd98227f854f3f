package costlake.watch;

import costlake.decide.OpsTable;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** Rows of {@code ops.watched_hours}. */
final class HourRows {
  static final String TABLE = "ops.watched_hours";
  static final String HOUR = "hour_start";
  static final String CLUSTER = "cluster_id";
  static final String WATCH = "watch";

  /** Columns that say when an hour was watched, not what was found. */
  private static final Set<String> OF_WATCH = Set.of(WATCH, "watched_at");

  private HourRows() {}

  /** Returns the row of an hour with the number of the watch of this hour. */
  static Row of(PricedHour hour, long watch, Instant at) {
    Held held = hour.held();
    Optional<Price> price = Optional.ofNullable(hour.price());
    return OpsTable.row(
        Timestamp.from(held.hour()),
        held.cluster(),
        watch,
        held.scheduler(),
        held.workload(),
        held.kind(),
        held.run(),
        held.team(),
        held.project(),
        held.model(),
        held.acceleratorS(),
        held.activeS(),
        held.presentS(),
        Timestamp.from(held.from()),
        Timestamp.from(held.until()),
        price.map(Price::currency).orElse(null),
        price.map(Price::hourly).orElse(null),
        price.map(known -> Date.valueOf(known.until())).orElse(null),
        hour.cost().map(Cost::amount).orElse(null),
        Timestamp.from(at));
  }

  /** Returns the hour of a row that a query returned. */
  static PricedHour hour(Row row) {
    return new PricedHour(held(row), price(row));
  }

  private static Held held(Row row) {
    return new Held(
        time(row, HOUR),
        row.getAs(CLUSTER),
        row.getAs("scheduler"),
        row.getAs("workload_id"),
        row.getAs("workload_kind"),
        row.getAs("run_id"),
        row.getAs("accelerator_model"),
        row.getAs("team_id"),
        row.getAs("project_id"),
        row.getAs("accelerator_s"),
        row.getAs("accelerator_active_s"),
        row.getAs("held_s"),
        time(row, "held_from"),
        time(row, "held_until"));
  }

  private static @Nullable Price price(Row row) {
    BigDecimal hourly = row.getAs("hourly_rate");
    return hourly == null
        ? null
        : new Price(
            row.getAs("billing_currency"), hourly, row.<Date>getAs("priced_until").toLocalDate());
  }

  static Instant time(Row row, String column) {
    return row.<Timestamp>getAs(column).toInstant();
  }

  /** Returns what a row says of its hour, as text that is equal if the hours are. */
  static String content(Row row) {
    return IntStream.range(0, WatchLog.HOURS.columns().size())
        .filter(i -> !OF_WATCH.contains(WatchLog.HOURS.columns().fields()[i].name()))
        .mapToObj(i -> String.valueOf(row.get(i)))
        .toList()
        .toString();
  }

  static List<String> sorted(List<Row> rows) {
    return rows.stream().map(HourRows::content).sorted().toList();
  }
}
