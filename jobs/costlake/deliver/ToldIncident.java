package costlake.deliver;

import costlake.acknowledge.Acknowledgement;
import costlake.alert.AlertEvent;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * An incident as alerts tell it: a row of {@code governance.incidents}.
 *
 * @param costAbove cost above the expectation; negative below it
 * @param item what the cause is about, e.g. a SKU or a run; null if that is unknown
 * @param isNews whether it is open, or ended lately
 */
record ToldIncident(
    String id,
    String currency,
    @Nullable String teamId,
    LocalDate startedOn,
    LocalDate endedOn,
    LocalDate foundOn,
    boolean isOpen,
    BigDecimal costAbove,
    String cause,
    @Nullable String item,
    boolean isNews) {
  static ToldIncident of(Row row) {
    return new ToldIncident(
        row.getAs("incident_id"),
        row.getAs("billing_currency"),
        row.getAs("team_id"),
        day(row, "started_on"),
        day(row, "ended_on"),
        day(row, "found_on"),
        row.getAs("state").equals("open"),
        row.getAs("cost_above"),
        row.getAs("cause"),
        row.getAs("item"),
        row.getAs("is_news"));
  }

  private static LocalDate day(Row row, String column) {
    return row.<Date>getAs(column).toLocalDate();
  }

  /** Returns what is to be told, by what a person said of it; null if nobody did. */
  Stream<AlertEvent> events(@Nullable Acknowledgement said) {
    if (said == null) {
      return isOpen ? Stream.of(AlertEvent.TRIGGER) : ended();
    }
    return said.isFalseAlarm() || !isNews
        ? Stream.of(AlertEvent.RESOLVE)
        : Stream.of(AlertEvent.ACKNOWLEDGE);
  }

  private Stream<AlertEvent> ended() {
    return isNews
        ? Stream.of(AlertEvent.TRIGGER, AlertEvent.RESOLVE)
        : Stream.of(AlertEvent.RESOLVE);
  }
}
