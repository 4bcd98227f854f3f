package costlake.deliver;

import static costlake.decide.OpsTable.text;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.createStructField;

import com.fasterxml.jackson.core.type.TypeReference;
import costlake.decide.Decision;
import costlake.decide.LakeLock;
import costlake.outbox.Channel;
import costlake.outbox.MessageChange;
import java.sql.Date;
import java.time.YearMonth;
import java.util.List;
import org.apache.spark.sql.Row;

/** Mails with statements: the tables {@code ops.mail_outbox} and {@code ops.mail_decisions}. */
public final class MailChannel extends Channel<Mail> {
  private static final String BETWEEN_ADDRESSES = " ";

  /** Creates the channel. */
  public MailChannel() {
    super(
        "mail",
        text("statement_id"),
        createStructField("billing_month", DateType, true),
        text("team_id"),
        text("recipients"),
        text("content_sha256"));
  }

  @Override
  public TypeReference<Decision<MessageChange<Mail>>> type() {
    return new TypeReference<>() {};
  }

  /** Mails have this lock since Costlake sends anything. */
  @Override
  public LakeLock lock() {
    return new LakeLock("outbox", super.lock().holder(), super.lock().assurance());
  }

  @Override
  protected List<Object> content(Mail mail) {
    return List.of(
        mail.statementId(),
        Date.valueOf(mail.month().atDay(1)),
        mail.teamId(),
        String.join(BETWEEN_ADDRESSES, mail.recipients()),
        mail.contentSha256());
  }

  @Override
  protected Mail message(Row row) {
    return new Mail(
        row.getAs("message_id"),
        row.getAs("statement_id"),
        YearMonth.from(row.<Date>getAs("billing_month").toLocalDate()),
        row.getAs("team_id"),
        List.of(row.<String>getAs("recipients").split(BETWEEN_ADDRESSES, -1)),
        row.getAs("content_sha256"));
  }
}
