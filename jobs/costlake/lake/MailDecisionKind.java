package costlake.lake;

import static costlake.lake.RunLog.text;
import static costlake.lake.RunLog.time;
import static costlake.lake.RunLog.whole;

import java.sql.Timestamp;
import java.util.List;
import org.apache.spark.sql.Row;

/** Decisions about mails: each becomes the next change of its mail. */
final class MailDecisionKind implements DecisionKind<MailChange> {
  static final TableSpec DECISIONS =
      RunLog.table(
          "mail_decisions",
          whole("decision_number"),
          text("message_id"),
          whole("change"),
          text("state"),
          text("reason"),
          text("actor"),
          time("decided_at"));

  @Override
  public String folder() {
    return Decisions.FOLDER + "/mails";
  }

  @Override
  public Class<MailChange> content() {
    return MailChange.class;
  }

  @Override
  public List<Projection<MailChange>> projections() {
    return List.of(
        new Projection<>(
            Outbox.MAILS,
            List.of("message_id", "change"),
            decision -> List.of(Outbox.row(decision.content()))),
        new Projection<>(DECISIONS, List.of("decision_number"), MailDecisionKind::rows));
  }

  private static List<Row> rows(Decision<MailChange> decision) {
    MailChange change = decision.content();
    return List.of(
        RunLog.row(
            decision.number(),
            change.mail().messageId(),
            change.change(),
            RunLog.word(change.state()),
            decision.reason(),
            decision.actor(),
            Timestamp.from(decision.at())));
  }
}
