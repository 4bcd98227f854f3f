package costlake.watch;

import java.math.BigDecimal;
import java.sql.Date;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.spark.sql.Row;

/**
 * What the last publication counts for quotas of hours and money.
 *
 * @param used accelerator-hours or cost of each day, by quota
 * @param until last day that bills or telemetry cover, by quota
 */
record PublishedQuotas(
    Map<String, NavigableMap<LocalDate, BigDecimal>> used, Map<String, LocalDate> until) {
  private static final String DAYS = "governance.quota_days";
  private static final String STATUS = "governance.quota_status";

  /** Days as governance.quota_status counts them. */
  private static final String USED =
      """
      select
          quota_id, if(trunc(usage_date, 'month') = billing_month, usage_date, billing_month) as counted_on,
          sum(effective_cost) as effective_cost, sum(accelerator_s) as accelerator_s
      from governance.quota_days
      group by all
      """;

  private static final String UNTIL =
      """
      select quota_id, max(measured_until) as measured_until
      from governance.quota_status
      where measured_until is not null
      group by all
      """;

  /** Returns quotas of which nothing is published. */
  static PublishedQuotas none() {
    return new PublishedQuotas(Map.of(), Map.of());
  }

  static PublishedQuotas of(Published lake) {
    Map<String, NavigableMap<LocalDate, BigDecimal>> used = new HashMap<>();
    for (Row row : lake.rows(USED, DAYS)) {
      used.computeIfAbsent(row.getAs("quota_id"), id -> new TreeMap<>())
          .put(row.<Date>getAs("counted_on").toLocalDate(), amount(row));
    }
    Map<String, LocalDate> until = new HashMap<>();
    lake.rows(UNTIL, STATUS)
        .forEach(
            row ->
                until.put(row.getAs("quota_id"), row.<Date>getAs("measured_until").toLocalDate()));
    return new PublishedQuotas(used, until);
  }

  private static BigDecimal amount(Row row) {
    BigDecimal cost = row.getAs("effective_cost");
    return cost == null ? PeriodUse.hours(row.getAs("accelerator_s")) : cost;
  }

  /** Returns what was used from one day to another, both included. */
  BigDecimal used(String quota, LocalDate first, LocalDate last) {
    return used
        .getOrDefault(quota, new TreeMap<>())
        .subMap(first, true, last, true)
        .values()
        .stream()
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Returns the first moment that is not published. */
  Instant end(String quota) {
    LocalDate last = until.get(quota);
    return last == null ? Instant.EPOCH : Window.start(last.plusDays(1));
  }
}
