package costlake.deliver;
import costlake.lake.DecisionStage;
import costlake.lake.Lake;

import static costlake.decide.OpsTable.text;
import static costlake.decide.OpsTable.time;
import static costlake.decide.OpsTable.whole;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.createStructField;

import costlake.core.Failure;
import costlake.decide.OpsTable;
import java.sql.Date;
import java.sql.Timestamp;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/** The record of mails in the table {@code ops.mail_outbox}. Only one process can have it open. */
public final class Outbox implements AutoCloseable {
  static final OpsTable MAILS =
      OpsTable.of(
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

  private final DecisionStage<MailChange> stage;

  private Outbox(DecisionStage<MailChange> stage) {
    this.stage = stage;
  }

  /**
   * Opens the outbox. Carries out an interrupted decision about a mail first.
   *
   * @throws Failure with exit code 2 while another process sends
   */
  public static Outbox open(Lake lake, String runId) {
    return new Outbox(lake.begin(new MailDecisionKind(), runId));
  }

  /** Returns every change, in order of messages and changes. */
  public List<MailChange> changes() {
    return stage.rows(MAILS, "message_id", "change").stream().map(Outbox::change).toList();
  }

  /** Records changes, all of them or none. */
  public void record(List<MailChange> changes) {
    stage.append(MAILS, changes.stream().map(Outbox::row).toList());
  }

  /** Records a change that a person decided. Once the change is recorded, it is never lost. */
  public void decide(String actor, @Nullable String reason, MailChange change) {
    stage.decide(change.at(), actor, reason, change);
  }

  static Row row(MailChange change) {
    Mail mail = change.mail();
    return OpsTable.row(
        mail.messageId(),
        change.change(),
        OpsTable.word(change.state()),
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
    stage.close();
  }
}
