package costlake.deliver;

import costlake.config.Config;
import costlake.config.MailConfig;
import costlake.core.Progress;
import costlake.lake.Lake;
import costlake.outbox.Dispatch;
import costlake.outbox.MessageChange;
import costlake.outbox.Outbox;
import costlake.outbox.Transport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Tells teams which thresholds their budgets reached. A threshold is recorded first, and then
 * mailed, each once in a period, even if the process is killed or bills are restated.
 */
public final class BudgetMail {
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
    try (FiredThresholds fired = FiredThresholds.of(lake, "budgets --send")) {
      BudgetMail mail = new BudgetMail(config, fired.outbox());
      if (config.mail().transport() != MailConfig.Transport.NONE) {
        StatementMail.by(config.mail(), transport -> mail.post(transport, progress));
      }
      return fired.recent();
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
