package costlake.deliver;

import costlake.config.Config;
import costlake.config.MailConfig;
import costlake.core.Progress;
import costlake.outbox.Dispatch;
import costlake.outbox.Message;
import costlake.outbox.MessageChange;
import costlake.outbox.Outbox;
import costlake.outbox.Transport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Mails the messages of an outbox that wait, as text alone. */
final class Letters<M extends Message> {
  /** A mail and its recipients. */
  record Letter(Recipients recipients, LetterText text) {}

  private final Config config;
  private final Outbox<M> outbox;
  private final Function<M, Optional<Letter>> letters;

  /**
   * Creates the mails of an open outbox.
   *
   * @param letters mail of a message; empty if nobody gets one
   */
  Letters(Config config, Outbox<M> outbox, Function<M, Optional<Letter>> letters) {
    this.config = config;
    this.outbox = outbox;
    this.letters = letters;
  }

  /** Mails what waits. Without a mail server it keeps waiting. */
  void send(Progress progress) {
    if (config.mail().transport() != MailConfig.Transport.NONE) {
      StatementMail.by(config.mail(), transport -> send(transport, progress));
    }
  }

  private List<MessageChange<M>> send(Transport<OutgoingMail> transport, Progress progress) {
    MimeMessages messages = new MimeMessages(SenderAddress.of(config), config.company().name());
    outbox.markDoubtful(message -> true);
    List<Dispatch.Post<OutgoingMail>> posts =
        outbox.last().stream()
            .filter(change -> change.state().waits())
            .flatMap(change -> post(change.message(), messages).stream())
            .toList();
    new Dispatch<>(outbox, transport, StatementMail.attempts(config.mail()), progress).send(posts);
    return outbox.last();
  }

  private Optional<Dispatch.Post<OutgoingMail>> post(M message, MimeMessages messages) {
    return letters
        .apply(message)
        .map(
            letter -> {
              Recipients recipients = letter.recipients();
              String id = messages.messageId(message.messageId(), recipients.all());
              return new Dispatch.Post<>(
                  message.messageId(),
                  new OutgoingMail(
                      messages.message(id, recipients, letter.text(), Instant.now()),
                      recipients.all()));
            });
  }
}
