package costlake.deliver;

import costlake.config.MailAddress;
import costlake.core.Failure;
import costlake.core.Nearest;
import costlake.deliver.MailChange.State;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records the outcome of mails, as a person decides or as notices report. */
final class MailOutcomes {
  private final Outbox outbox;
  private final List<MailChange> changes;
  private final MailStates states;

  MailOutcomes(Outbox outbox) {
    this.outbox = outbox;
    this.changes = outbox.changes();
    this.states = new MailStates(changes);
  }

  /**
   * Records a person's decision about a mail whose outcome is unknown. A mail that the server
   * refused can only be recorded as not sent.
   *
   * @throws Failure with exit code 2 if no mail has this id, or if the state of the mail does not
   *     allow the decision
   */
  MailChange resolve(String id, MailDecision decision, String actor, @Nullable String reason) {
    String messageId = id.replaceAll("[<>\\s]", "");
    MailChange last =
        states
            .of(messageId)
            .orElseThrow(
                () ->
                    Failure.operator(
                        """
                        Cannot resolve '%s': no mail has this id.%s 'costlake status' lists the
                        mails
                        """,
                        messageId, Nearest.hint(messageId, ids())));
    State state = last.state();
    boolean open =
        state == State.SENDING
            || state == State.DOUBTFUL
            || (state == State.FAILED && decision == MailDecision.NOT_SENT);
    if (!open) {
      throw Failure.operator(
          "Cannot resolve '%s' as %s: the state of the mail is %s. %s",
          messageId, decision.word(), word(state), nextStep(state));
    }
    MailChange resolved =
        decision == MailDecision.SENT
            ? last.then(State.SENT, "a person recorded that it was sent")
            : last.then(State.QUEUED, "a person recorded that it was not sent");
    outbox.decide(actor, reason, resolved);
    return resolved;
  }

  private List<String> ids() {
    return states.all().stream().map(c -> c.mail().messageId()).toList();
  }

  private static String nextStep(State state) {
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

  private static String word(State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /** Records what notices report about mails of the outbox. Returns the mails that changed. */
  List<MailChange> take(List<DeliveryNotices.Notice> notices) {
    Set<String> known = new HashSet<>();
    changes.forEach(c -> known.add(key(c)));
    List<MailChange> added = new ArrayList<>();
    List<DeliveryNotices.Notice> inOrder =
        notices.stream().sorted(Comparator.comparing(DeliveryNotices.Notice::state)).toList();
    for (DeliveryNotices.Notice notice : inOrder) {
      Optional<MailChange> change =
          mail(notice).filter(c -> changesState(c, notice)).map(c -> changed(c, notice));
      if (change.isPresent() && known.add(key(change.get()))) {
        states.add(change.get());
        added.add(change.get());
      }
    }
    if (!added.isEmpty()) {
      outbox.record(added);
    }
    return added;
  }

  private Optional<MailChange> mail(DeliveryNotices.Notice notice) {
    return states.all().stream()
        .filter(
            c ->
                isNamed(c.mail().messageId(), notice.messageId())
                    || (c.providerId() != null && c.providerId().equals(notice.providerId())))
        .findFirst();
  }

  private static boolean isNamed(String messageId, @Nullable String quoted) {
    return quoted != null && (messageId.equals(quoted) || messageId.startsWith(quoted + "@"));
  }

  /** Whether a notice changes the state of a mail. A mail that bounced stays bounced. */
  private static boolean changesState(MailChange last, DeliveryNotices.Notice notice) {
    return switch (last.state()) {
      case SENDING, DOUBTFUL -> true;
      case SENT, DELIVERED -> notice.state() != State.SENT;
      case BOUNCED -> notice.state() == State.BOUNCED;
      case RENDERED, QUEUED, FAILED, WITHDRAWN -> notice.state() != State.SENT;
    };
  }

  private static MailChange changed(MailChange last, DeliveryNotices.Notice notice) {
    return last.about(notice.state(), notice.recipient(), notice.detail());
  }

  private static String key(MailChange change) {
    String recipient = change.recipient() == null ? "" : MailAddress.key(change.recipient());
    return change.mail().messageId() + " " + change.state() + " " + recipient;
  }
}
