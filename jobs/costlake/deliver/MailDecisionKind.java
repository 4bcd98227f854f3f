package costlake.deliver;
import costlake.lake.Decisions;

import static costlake.decide.OpsTable.text;
import static costlake.decide.OpsTable.time;
import static costlake.decide.OpsTable.whole;

import com.fasterxml.jackson.core.type.TypeReference;
import costlake.decide.Decision;
import costlake.decide.DecisionKind;
import costlake.decide.DecisionTable;
import costlake.decide.LakeLock;
import costlake.decide.OpsTable;
import java.sql.Timestamp;
import java.util.List;
import org.apache.spark.sql.Row;

/** Decisions about mails: each becomes the next change of its mail. */
public final class MailDecisionKind implements DecisionKind<MailChange> {
  private static final OpsTable DECISIONS =
      OpsTable.of(
          "mail_decisions",
          whole("decision_number"),
          text("message_id"),
          whole("change"),
          text("state"),
          text("reason"),
          text("actor"),
          time("decided_at"));

  @Override
  public String name() {
    return "mails";
  }

  @Override
  public LakeLock lock() {
    return new LakeLock("outbox", "send", "nothing is sent twice");
  }

  @Override
  public TypeReference<Decision<MailChange>> type() {
    return new TypeReference<>() {};
  }

  @Override
  public String subject(MailChange change) {
    return change.mail().messageId();
  }

  @Override
  public String action(MailChange change) {
    return "record the outcome of mail " + subject(change);
  }

  @Override
  public List<DecisionTable<MailChange>> tables() {
    return List.of(
        new DecisionTable<>(
            Outbox.MAILS,
            List.of("message_id", "change"),
            decision -> List.of(Outbox.row(decision.content()))),
        new DecisionTable<>(DECISIONS, List.of("decision_number"), MailDecisionKind::rows));
  }

  private static List<Row> rows(Decision<MailChange> decision) {
    MailChange change = decision.content();
    return List.of(
        OpsTable.row(
            decision.number(),
            change.mail().messageId(),
            change.change(),
            OpsTable.word(change.state()),
            decision.reason(),
            decision.actor(),
            Timestamp.from(decision.at())));
  }
}
