package costlake.deliver;

import costlake.config.Config;
import costlake.config.MailConfig;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Progress;
import costlake.lake.Lake;
import costlake.lake.TableName;
import costlake.outbox.Dispatch;
import costlake.outbox.MessageChange;
import costlake.outbox.Outbox;
import costlake.outbox.Transport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * Tells teams which thresholds their budgets reached. A threshold is recorded first, and then
 * mailed, each once in a period, even if the process is killed or bills are restated.
 */
public final class BudgetMail {
  /** Days after a period in which late charges still fire its thresholds. */
  private static final int LATE_DAYS = 31;

  private final Config config;
  private final Outbox<Threshold> outbox;

  private BudgetMail(Config config, Outbox<Threshold> outbox) {
    this.config = config;
    this.outbox = outbox;
  }

  /**
   * Records the thresholds that budgets reached since the last call, and mails those that were not
   * mailed yet. Without a mail server they are recorded and wait.
   *
   * @return the state of each threshold that fired in a current period or in one that ended lately
   */
  public static List<MessageChange<Threshold>> send(Config config, Lake lake, Progress progress) {
    Dataset<Row> reached = reached(lake);
    try (Outbox<Threshold> outbox = Outbox.open(lake, new ThresholdChannel(), "budgets --send")) {
      BudgetMail mail = new BudgetMail(config, outbox);
      List<String> periods = mail.fire(reached.collectAsList());
      if (config.mail().transport() != MailConfig.Transport.NONE) {
        StatementMail.by(config.mail(), transport -> mail.post(transport, progress));
      }
      return outbox.last().stream().filter(c -> periods.contains(period(c.message()))).toList();
    }
  }

  /** Records a person's decision about a mail whose outcome is unknown. */
  public static MessageChange<Threshold> resolve(
      Lake lake, String id, MailDecision decision, String actor, @Nullable String reason) {
    try (Outbox<Threshold> outbox =
        Outbox.open(lake, new ThresholdChannel(), "budgets --resolve")) {
      return new MailOutcomes<>(outbox).resolve(id, decision, actor, reason);
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

  /** Records what fires now. Returns the periods of all rows. */
  private List<String> fire(List<Row> rows) {
    for (Row row : rows) {
      if (row.getAs("reached_on") != null) {
        fire(ThresholdChannel.of(row, row.getAs("message_id")), row.<Boolean>getAs("rolls"));
      }
    }
    outbox.write();
    FailPoint.reached(FailPoints.SEND_BEGUN);
    return rows.stream()
        .map(row -> period(row.getAs("budget_id"), row.getAs("period_start")))
        .toList();
  }

  private void fire(Threshold reached, boolean rolls) {
    boolean fired =
        outbox.last(reached.messageId()).isPresent()
            || (rolls && outbox.last().stream().anyMatch(c -> c.message().covers(reached)));
    if (!fired) {
      outbox.add(MessageChange.rendered(reached, Instant.now()));
    }
  }

  private static String period(Threshold threshold) {
    return period(threshold.budgetId(), threshold.periodStart());
  }

  private static String period(String budget, Object start) {
    return budget + "/" + start;
  }

  private List<MessageChange<Threshold>> post(
      Transport<OutgoingMail> transport, Progress progress) {
    MimeMessages messages = new MimeMessages(SenderAddress.of(config), config.company().name());
    outbox.markDoubtful(threshold -> true);
    List<Dispatch.Post<OutgoingMail>> posts =
        outbox.last().stream()
            .filter(change -> change.state().waits())
            .flatMap(change -> post(change.message(), messages).stream())
            .toList();
    new Dispatch<>(outbox, transport, StatementMail.attempts(config.mail()), progress).send(posts);
    return outbox.last();
  }

  private Optional<Dispatch.Post<OutgoingMail>> post(Threshold threshold, MimeMessages messages) {
    return Recipients.of(config, threshold.teamId())
        .map(
            recipients -> {
              ThresholdText text = new ThresholdText(config.locale(threshold.teamId()), threshold);
              String id = messages.messageId(threshold.messageId(), recipients.all());
              return new Dispatch.Post<>(
                  threshold.messageId(),
                  new OutgoingMail(
                      messages.message(id, recipients, text, Instant.now()), recipients.all()));
            });
  }
}
