package costlake.deliver;

import costlake.config.Config;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Progress;
import costlake.outbox.Dispatch;
import costlake.outbox.MessageChange;
import costlake.outbox.MessageState;
import costlake.outbox.Outbox;
import costlake.outbox.Transport;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Sends the statements of a month. Sends each statement to each recipient at most once, even if the
 * recipients change, the process is killed, or the command runs again.
 */
final class StatementSender {
  private final Config config;
  private final Outbox<Mail> outbox;
  private final Transport<OutgoingMail> transport;
  private final MimeMessages messages;
  private final Progress progress;
  private final MailStates states;

  StatementSender(
      Config config, Outbox<Mail> outbox, Transport<OutgoingMail> transport, Progress progress) {
    this.config = config;
    this.outbox = outbox;
    this.transport = transport;
    this.messages = new MimeMessages(SenderAddress.of(config), config.company().name());
    this.progress = progress;
    this.states = new MailStates(outbox);
  }

  /** Sends the mails that were not sent yet. Returns the state of every mail of the month. */
  List<MessageChange<Mail>> send(YearMonth month, List<OutgoingStatement> statements) {
    FailPoint.reached(FailPoints.SEND_BEGUN);
    List<Optional<Recipients>> recipients = Recipients.of(config, statements);
    outbox.markDoubtful(mail -> mail.month().equals(month));
    List<Dispatch.Post<OutgoingMail>> posts = new ArrayList<>();
    MailWriters writers = new MailWriters(config);
    for (int i = 0; i < statements.size(); i++) {
      OutgoingStatement statement = statements.get(i);
      recipients.get(i).flatMap(r -> prepare(month, statement, r, writers)).ifPresent(posts::add);
    }
    new Dispatch<>(outbox, transport, StatementMail.attempts(config.mail()), progress).send(posts);
    return states.of(month);
  }

  private Optional<Dispatch.Post<OutgoingMail>> prepare(
      YearMonth month, OutgoingStatement statement, Recipients configured, MailWriters writers) {
    Recipients left = configured.without(states.reached(statement.id()));
    if (left.isEmpty()) {
      withdraw(month, statement.teamId(), Optional.empty());
      return Optional.empty();
    }
    String messageId = messages.messageId(statement.id(), left.all());
    withdraw(month, statement.teamId(), Optional.of(messageId));
    if (outbox.isSettled(messageId)) {
      return Optional.empty();
    }
    MailContent content = writers.content(statement);
    outbox.prepare(
        new Mail(
            messageId, statement.id(), month, statement.teamId(), left.all(), content.sha256()));
    MimeMessage message = messages.message(messageId, left, content, Instant.now());
    return Optional.of(new Dispatch.Post<>(messageId, new OutgoingMail(message, left.all())));
  }

  /**
   * Withdraws the mails of the team that were not sent yet, except the mail {@code kept}. These
   * mails have other recipients or an older statement than the mails of this run.
   */
  private void withdraw(YearMonth month, String teamId, Optional<String> kept) {
    for (MessageChange<Mail> change : states.of(month)) {
      if (change.state().waits()
          && change.message().teamId().equals(teamId)
          && kept.filter(change.id()::equals).isEmpty()) {
        outbox.add(
            change.then(
                MessageState.WITHDRAWN,
                "the recipients or the statement changed before it was sent"));
      }
    }
  }
}
