package costlake.outbox;

import costlake.core.Failure;
import costlake.core.Nearest;
import costlake.decide.OpsTable;
import costlake.lake.DecisionStage;
import costlake.lake.Lake;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The record of the messages of a channel. Only one process can have it open. */
public final class Outbox<M extends Message> implements AutoCloseable {
  private final Channel<M> channel;
  private final DecisionStage<MessageChange<M>> stage;
  private final Map<String, MessageChange<M>> last = new LinkedHashMap<>();
  private final List<MessageChange<M>> unwritten = new ArrayList<>();

  private Outbox(Channel<M> channel, DecisionStage<MessageChange<M>> stage) {
    this.channel = channel;
    this.stage = stage;
  }

  /**
   * Opens the outbox of a channel. Carries out an interrupted decision about a message first.
   *
   * @throws Failure with exit code 2 while another process sends
   */
  public static <M extends Message> Outbox<M> open(Lake lake, Channel<M> channel, String runId) {
    DecisionStage<MessageChange<M>> stage = lake.begin(channel, runId);
    try {
      Outbox<M> outbox = new Outbox<>(channel, stage);
      outbox.changes().forEach(change -> outbox.last.put(change.id(), change));
      return outbox;
    } catch (RuntimeException e) {
      stage.close();
      throw e;
    }
  }

  /** Returns every written change, in order of messages and changes. */
  public List<MessageChange<M>> changes() {
    return stage.rows(channel.outbox(), "message_id", "change").stream()
        .map(channel::change)
        .toList();
  }

  /** Returns the last change of a message. */
  public Optional<MessageChange<M>> last(String messageId) {
    return Optional.ofNullable(last.get(messageId));
  }

  /** Returns the last change of each message. */
  public List<MessageChange<M>> last() {
    return List.copyOf(last.values());
  }

  /** Whether a message may have arrived or was refused for good, so that it is not sent again. */
  public boolean isSettled(String messageId) {
    return last(messageId)
        .map(MessageChange::state)
        .filter(state -> state.mayHaveArrived() || state == MessageState.FAILED)
        .isPresent();
  }

  /** Prepares a message for sending. Returns false if it is settled. */
  public boolean prepare(M message) {
    String id = message.messageId();
    if (isSettled(id)) {
      return false;
    }
    if (last(id).filter(known -> isQueued(known, message)).isEmpty()) {
      add(
          last(id)
              .map(known -> known.renderedAgain(message))
              .orElseGet(() -> MessageChange.rendered(message, Instant.now())));
    }
    return true;
  }

  private boolean isQueued(MessageChange<M> known, M message) {
    return known.state() == MessageState.QUEUED && known.message().equals(message);
  }

  /** Marks the messages that an earlier run began to send without recording the outcome. */
  public void markDoubtful(Predicate<M> ofThisRun) {
    for (MessageChange<M> change : last()) {
      if (change.state() == MessageState.SENDING && ofThisRun.test(change.message())) {
        add(
            change.then(
                MessageState.DOUBTFUL,
                "the run was interrupted while it sent the " + channel.word()));
      }
    }
  }

  /** Adds a change of a message. It becomes the state of the message, and is written later. */
  public void add(MessageChange<M> change) {
    last.put(change.id(), change);
    unwritten.add(change);
  }

  /** Writes the added changes, all of them or none. Returns them. */
  public List<MessageChange<M>> write() {
    List<MessageChange<M>> changes = List.copyOf(unwritten);
    unwritten.clear();
    stage.append(channel.outbox(), changes.stream().map(channel::row).toList());
    return changes;
  }

  /** Records a change that a person decided. Once the change is recorded, it is never lost. */
  public void decide(String actor, @Nullable String reason, MessageChange<M> change) {
    stage.decide(change.at(), actor, reason, change);
    last.put(change.id(), change);
  }

  /**
   * Records what a person found out about a message whose outcome is unknown. A message that the
   * server refused can only be recorded as not sent.
   *
   * @param found {@code SENT}, or {@code QUEUED} if the message did not arrive
   * @param nextStep says for a state why nobody has to decide
   * @throws Failure with exit code 2 if no message has this id, or if its state does not allow the
   *     decision
   */
  public MessageChange<M> resolve(
      String id,
      MessageState found,
      String actor,
      @Nullable String reason,
      Function<MessageState, String> nextStep) {
    MessageChange<M> last = last(id).orElseThrow(() -> unknown(id));
    boolean isSent = found == MessageState.SENT;
    if (!isOpen(last.state(), isSent)) {
      throw Failure.operator(
          "Cannot resolve '%s' as %s: the state of the %s is %s. %s",
          id,
          isSent ? "sent" : "not-sent",
          channel.word(),
          OpsTable.word(last.state()),
          nextStep.apply(last.state()));
    }
    MessageChange<M> resolved =
        last.then(found, "a person recorded that it was " + (isSent ? "sent" : "not sent"));
    decide(actor, reason, resolved);
    return resolved;
  }

  private static boolean isOpen(MessageState state, boolean isSent) {
    return state == MessageState.SENDING
        || state == MessageState.DOUBTFUL
        || (state == MessageState.FAILED && !isSent);
  }

  private Failure unknown(String id) {
    return Failure.operator(
        "Cannot resolve '%s': no %s has this id.%s 'costlake status' lists the %s",
        id, channel.word(), Nearest.hint(id, last.keySet()), channel.name());
  }

  String channelName() {
    return channel.name();
  }

  @Override
  public void close() {
    stage.close();
  }
}
