package costlake.deliver;

import static costlake.decide.OpsTable.text;

import com.fasterxml.jackson.core.type.TypeReference;
import costlake.decide.Decision;
import costlake.outbox.Channel;
import costlake.outbox.MessageChange;
import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Mails about requests: {@code ops.approval_mail_outbox} and {@code ops.approval_mail_decisions}.
 */
public final class ApprovalChannel extends Channel<ApprovalNotice> {
  /** Creates the channel. */
  public ApprovalChannel() {
    super("approval_mail", text("request_id"), text("act"), text("team_id"), text("run_id"));
  }

  @Override
  public TypeReference<Decision<MessageChange<ApprovalNotice>>> type() {
    return new TypeReference<>() {};
  }

  @Override
  protected List<Object> content(ApprovalNotice notice) {
    return List.of(notice.requestId(), notice.act(), notice.teamId(), notice.runId());
  }

  @Override
  protected ApprovalNotice message(Row row) {
    return new ApprovalNotice(
        row.getAs("message_id"),
        row.getAs("request_id"),
        row.getAs("act"),
        row.getAs("team_id"),
        row.getAs("run_id"));
  }
}
