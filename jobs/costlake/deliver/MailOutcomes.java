package costlake.deliver;

import costlake.config.MailAddress;
import costlake.core.Failure;
import costlake.outbox.Message;
import costlake.outbox.MessageChange;
import costlake.outbox.MessageState;
import costlake.outbox.Outbox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records the outcome of mails, as a person decides or as notices report. */
final class MailOutcomes<M extends Message> {
  private final Outbox<M> outbox;

  MailOutcomes(Outbox<M> outbox) {
    this.outbox = outbox;
  }

  /**
   * Records a person's decision about a mail whose outcome is unknown. A mail that the server
   * refused can only be recorded as not sent.
   *
   * @throws Failure with exit code 2 if no mail has this id, or if the state of the mail does not
   *     allow the decision
   */
  MessageChange<M> resolve(
      String id, MailDecision decision, String actor, @Nullable String reason) {
    String messageId = id.replaceAll("[<>\\s]", "");
    return outbox.resolve(messageId, decision.state(), actor, reason, MailOutcomes::nextStep);
  }

  private static String nextStep(MessageState state) {
    return switch (state) {
      case BOUNCED ->
          "Correct the address in owners.yml. The next 'costlake send' sends the mail to the new"
              + " address only";
      case RENDERED, QUEUED -> "It was not sent. The next 'costlake send' sends it";
      case WITHDRAWN ->
          "It was withdrawn before it was sent, because its recipients or its statement changed";
      case FAILED ->
          "The mail server refused it. Correct the address in owners.yml or, if the server was"
              + " wrong, record not-sent. Then run 'costlake send' again";
      default -> "Its outcome is known";
    };
  }

  /** Records what notices report about mails of the outbox. Returns the mails that changed. */
  List<MessageChange<M>> take(List<DeliveryNotices.Notice> notices) {
    Set<String> known = new HashSet<>();
    outbox.changes().forEach(c -> known.add(key(c)));
    List<MessageChange<M>> added = new ArrayList<>();
    List<DeliveryNotices.Notice> inOrder =
        notices.stream().sorted(Comparator.comparing(DeliveryNotices.Notice::state)).toList();
    for (DeliveryNotices.Notice notice : inOrder) {
      Optional<MessageChange<M>> change =
          mail(notice).filter(c -> changesState(c, notice)).map(c -> changed(c, notice));
      if (change.isPresent() && known.add(key(change.get()))) {
        outbox.add(change.get());
        added.add(change.get());
      }
    }
    outbox.write();
    return added;
  }

  private Optional<MessageChange<M>> mail(DeliveryNotices.Notice notice) {
    return outbox.last().stream()
        .filter(
            c ->
                isNamed(c.id(), notice.messageId())
                    || (c.providerId() != null && c.providerId().equals(notice.providerId())))
        .findFirst();
  }

  private static boolean isNamed(String messageId, @Nullable String quoted) {
    return quoted != null && (messageId.equals(quoted) || messageId.startsWith(quoted + "@"));
  }

  /** Whether a notice changes the state of a mail. A mail that bounced stays bounced. */
  private static boolean changesState(MessageChange<?> last, DeliveryNotices.Notice notice) {
    return switch (last.state()) {
      case SENDING, DOUBTFUL -> true;
      case SENT, DELIVERED -> notice.state() != MessageState.SENT;
      case BOUNCED -> notice.state() == MessageState.BOUNCED;
      case RENDERED, QUEUED, FAILED, WITHDRAWN -> notice.state() != MessageState.SENT;
    };
  }

  private static <M extends Message> MessageChange<M> changed(
      MessageChange<M> last, DeliveryNotices.Notice notice) {
    return last.about(notice.state(), notice.recipient(), notice.detail());
  }

  private static String key(MessageChange<?> change) {
    String recipient = change.recipient() == null ? "" : MailAddress.key(change.recipient());
    return change.id() + " " + change.state() + " " + recipient;
  }
}
