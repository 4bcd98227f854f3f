package costlake.lake;

import static costlake.lake.RunLog.text;
import static costlake.lake.RunLog.time;
import static costlake.lake.RunLog.whole;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.createStructField;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The record of mails in the table {@code ops.mail_outbox}. Only one process can have it open. */
public final class Outbox implements AutoCloseable {
  static final TableSpec MAILS =
      RunLog.table(
          "mail_outbox",
          text("message_id"),
          whole("change"),
          text("state"),
          text("statement_id"),
          createStructField("billing_month", DateType, true),
          text("team_id"),
          text("recipients"),
          text("content_sha256"),
          whole("attempt"),
          text("provider_id"),
          text("recipient"),
          text("detail"),
          time("changed_at"));

  private static final String BETWEEN_ADDRESSES = " ";

  private final RunLog ops;
  private final Decisions<MailChange> decisions;
  private final WriterLock lock;
  private final String root;
  private final String runId;

  Outbox(RunLog ops, Decisions<MailChange> decisions, WriterLock lock, String root, String runId) {
    this.ops = ops;
    this.decisions = decisions;
    this.lock = lock;
    this.root = root;
    this.runId = runId;
  }

  /** Returns every change, in order of messages and changes. */
  public List<MailChange> changes() {
    return ops
        .rows(MAILS)
        .map(rows -> rows.orderBy("message_id", "change").collectAsList())
        .orElse(List.of())
        .stream()
        .map(Outbox::change)
        .toList();
  }

  /** Records changes, all of them or none. */
  public void record(List<MailChange> changes) {
    ops.append(MAILS, changes.stream().map(Outbox::row).toList());
  }

  /** Records a change that a person decided. Once the change is recorded, it is never lost. */
  public void decide(String actor, @Nullable String reason, MailChange change) {
    WriteErrors.guarded(
        "record the outcome of mail " + change.mail().messageId(),
        root,
        () -> decisions.decide(runId, change.at(), actor, reason, change));
  }

  static Row row(MailChange change) {
    Mail mail = change.mail();
    return RunLog.row(
        mail.messageId(),
        change.change(),
        RunLog.word(change.state()),
        mail.statementId(),
        Date.valueOf(mail.month().atDay(1)),
        mail.teamId(),
        String.join(BETWEEN_ADDRESSES, mail.recipients()),
        mail.contentSha256(),
        change.attempt(),
        change.providerId(),
        change.recipient(),
        change.detail(),
        Timestamp.from(change.at()));
  }

  private static MailChange change(Row row) {
    Mail mail =
        new Mail(
            row.getAs("message_id"),
            row.getAs("statement_id"),
            YearMonth.from(row.<Date>getAs("billing_month").toLocalDate()),
            row.getAs("team_id"),
            List.of(row.<String>getAs("recipients").split(BETWEEN_ADDRESSES, -1)),
            row.getAs("content_sha256"));
    return new MailChange(
        mail,
        row.<Long>getAs("change"),
        MailChange.State.valueOf(row.<String>getAs("state").toUpperCase(Locale.ROOT)),
        row.<Long>getAs("attempt"),
        row.getAs("provider_id"),
        row.getAs("recipient"),
        row.getAs("detail"),
        row.<Timestamp>getAs("changed_at").toInstant());
  }

  @Override
  public void close() {
    lock.close();
  }
}
