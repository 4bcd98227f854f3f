package costlake.deliver;

import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.lake.Lake;
import costlake.lake.TableName;
import costlake.outbox.MessageChange;
import costlake.outbox.Outbox;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The record of the thresholds that budgets reached. Each is recorded once in a period, even if the
 * process is killed or bills are restated.
 */
final class FiredThresholds implements AutoCloseable {
  /** Days after a period in which late charges still fire its thresholds. */
  static final int LATE_DAYS = 31;

  private final Outbox<Threshold> outbox;
  private final List<Row> reached;

  private FiredThresholds(Outbox<Threshold> outbox, List<Row> reached) {
    this.outbox = outbox;
    this.reached = reached;
  }

  /** Opens the record, and adds the thresholds that budgets reached since the last time. */
  static FiredThresholds of(Lake lake, String runId) {
    List<Row> reached = reached(lake).collectAsList();
    FiredThresholds fired =
        new FiredThresholds(Outbox.open(lake, new ThresholdChannel(), runId), reached);
    try {
      fired.fire();
      return fired;
    } catch (RuntimeException e) {
      fired.close();
      throw e;
    }
  }

  /** Returns one row per threshold of current periods and of those that ended lately. */
  private static Dataset<Row> reached(Lake lake) {
    Dataset<Row> status = lake.read(TableName.parse("governance.budget_status"));
    Dataset<Row> last = status.selectExpr("max(billed_until) as last_day");
    return status
        .crossJoin(last)
        .where("is_current or period_end >= date_sub(last_day, %d)".formatted(LATE_DAYS))
        .selectExpr("*", "explode(thresholds) as reached")
        .selectExpr(
            "budget_id",
            "budget_name",
            "owner_team_id as team_id",
            "period_start",
            "period_end",
            "is_current",
            "reached.threshold_basis as threshold_basis",
            "cast(reached.percent as decimal(38,21)) as percent",
            "coalesce(billing_currency, measure) as unit",
            "amount",
            "actual as used",
            "reached.reached_on as reached_on",
            "period_kind = 'rolling' as rolls",
            "concat_ws('/', budget_id, period_start, reached.threshold_basis, %s) as message_id"
                .formatted(Threshold.percent("reached")))
        .orderBy("budget_id", "period_start", "threshold_basis", "percent");
  }

  private void fire() {
    for (Row row : reached) {
      if (row.getAs("reached_on") != null) {
        fire(ThresholdChannel.of(row, row.getAs("message_id")), row.<Boolean>getAs("rolls"));
      }
    }
    outbox.write();
    FailPoint.reached(FailPoints.SEND_BEGUN);
  }

  private void fire(Threshold threshold, boolean rolls) {
    boolean fired =
        outbox.last(threshold.messageId()).isPresent()
            || (rolls && outbox.last().stream().anyMatch(c -> c.message().covers(threshold)));
    if (!fired) {
      outbox.add(MessageChange.rendered(threshold, Instant.now()));
    }
  }

  Outbox<Threshold> outbox() {
    return outbox;
  }

  /** Returns the thresholds of current periods and of those that ended lately. */
  List<MessageChange<Threshold>> recent() {
    return outbox.last().stream().filter(change -> isRecent(change.message())).toList();
  }

  private boolean isRecent(Threshold threshold) {
    return reached.stream()
        .map(row -> period(row.getAs("budget_id"), row.getAs("period_start")))
        .anyMatch(period(threshold)::equals);
  }

  /** Whether a threshold is news: recent, or of a rolling budget whose period has its days. */
  boolean isNews(Threshold threshold) {
    return isRecent(threshold) || !isOver(threshold);
  }

  private static String period(Threshold threshold) {
    return period(threshold.budgetId(), threshold.periodStart());
  }

  private static String period(String budget, Object start) {
    return budget + "/" + start;
  }

  /** Whether the period of a threshold is over, so that the current one has none of its days. */
  boolean isOver(Threshold threshold) {
    return reached.stream()
        .filter(row -> row.<Boolean>getAs("is_current"))
        .filter(row -> row.getAs("budget_id").equals(threshold.budgetId()))
        .map(row -> LocalDate.parse(row.<Object>getAs("period_start").toString()))
        .noneMatch(start -> !start.isAfter(threshold.periodEnd()));
  }

  @Override
  public void close() {
    outbox.close();
  }
}
