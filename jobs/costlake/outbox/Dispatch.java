package costlake.outbox;

import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Failure;
import costlake.core.Progress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends prepared messages of an outbox. Records each message before it hands it over, and the
 * outcome afterwards. If the process is killed in between, the message is doubtful and is not sent
 * again before a notice or a person says that it did not arrive.
 *
 * @param <P> a message as the server reads it
 */
public final class Dispatch<M extends Message, P> {
  /**
   * A prepared message.
   *
   * @param content the message as the server reads it
   */
  public record Post<P>(String messageId, P content) {}

  /**
   * How often a message that the server refuses for now is tried.
   *
   * @param pause time before the second attempt; it doubles with each further attempt
   */
  public record Attempts(int most, Duration pause) {}

  /** A server that wants to be left alone for longer is asked again by the next run. */
  private static final Duration WAIT_MAX = Duration.ofMinutes(1);

  private final Outbox<M> outbox;
  private final Transport<P> transport;
  private final Attempts attempts;
  private final Progress progress;
  private Duration wanted = Duration.ZERO;

  /** Creates the dispatch of an open outbox. */
  public Dispatch(Outbox<M> outbox, Transport<P> transport, Attempts attempts, Progress progress) {
    this.outbox = outbox;
    this.transport = transport;
    this.attempts = attempts;
    this.progress = progress;
  }

  /**
   * Sends the messages, in this order.
   *
   * @param posts messages for which {@link Outbox#prepare} returned true
   * @throws Failure with exit code 2 if the server refuses the sender
   */
  public void send(List<Post<P>> posts) {
    write();
    FailPoint.reached(FailPoints.SEND_RENDERED);
    for (Post<P> post : posts) {
      MessageChange<M> last = last(post);
      if (last.state() == MessageState.RENDERED) {
        outbox.add(last.then(MessageState.QUEUED, null));
      }
    }
    write();
    FailPoint.reached(FailPoints.SEND_QUEUED);
    handOver(posts);
  }

  private void handOver(List<Post<P>> posts) {
    List<Post<P>> left = posts;
    progress.begin("Sending", posts.size(), outbox.channelName());
    try {
      for (int round = 1; goesOn(left, round); round++) {
        pause(round);
        left = round(left);
      }
    } finally {
      write();
      progress.end();
    }
  }

  private boolean goesOn(List<Post<P>> left, int round) {
    return !left.isEmpty() && round <= attempts.most() && wanted.compareTo(WAIT_MAX) <= 0;
  }

  /** Tries to send each message once. Returns the messages to try again. */
  private List<Post<P>> round(List<Post<P>> posts) {
    wanted = Duration.ZERO;
    List<Post<P>> later = new ArrayList<>();
    for (int i = 0; i < posts.size(); i++) {
      Post<P> post = posts.get(i);
      Transport.Answer answer = handOver(post);
      if (answer instanceof Transport.TemporarilyRefused) {
        later.add(post);
      } else if (answer instanceof Transport.Busy || answer instanceof Transport.Unreachable) {
        wanted = answer instanceof Transport.Busy busy ? busy.wanted() : wanted;
        later.addAll(posts.subList(i, posts.size()));
        break;
      } else if (answer instanceof Transport.SenderRefused barred) {
        throw Failure.operator(
            "Cannot send by %s: %s. Correct this and run again. What was sent is not sent again",
            transport.name(), barred.reason());
      }
      progress.advance(later.contains(post) ? 0 : 1);
    }
    write();
    return later;
  }

  private Transport.Answer handOver(Post<P> post) {
    FailPoint.reached(FailPoints.SEND_BEFORE_SENDING);
    outbox.add(last(post).trying());
    write();
    FailPoint.reached(FailPoints.SEND_SENDING);
    Transport.Answer answer = transport.handOver(post.content());
    FailPoint.reached(FailPoints.SEND_HANDED_OVER);
    outbox.add(next(last(post), answer));
    return answer;
  }

  private static <M extends Message> MessageChange<M> next(
      MessageChange<M> sending, Transport.Answer answer) {
    if (answer instanceof Transport.Accepted taken) {
      return sending.taken(taken.providerId());
    }
    if (answer instanceof Transport.Refused refused) {
      return sending.then(MessageState.FAILED, refused.reason());
    }
    if (answer instanceof Transport.OutcomeUnknown lost) {
      return sending.then(MessageState.DOUBTFUL, lost.reason());
    }
    if (answer instanceof Transport.TemporarilyRefused later) {
      return sending.then(MessageState.QUEUED, later.reason());
    }
    if (answer instanceof Transport.Busy busy) {
      return sending.then(MessageState.QUEUED, busy.reason());
    }
    return sending.then(
        MessageState.QUEUED,
        answer instanceof Transport.Unreachable unreachable
            ? unreachable.reason()
            : ((Transport.SenderRefused) answer).reason());
  }

  private void pause(int round) {
    if (round == 1) {
      return;
    }
    try {
      long pauseMs = attempts.pause().toMillis() << (round - 2);
      Thread.sleep(Math.max(pauseMs, wanted.toMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.internal(
          e, "Interrupted before the next attempt to send. Run again to continue");
    }
  }

  private MessageChange<M> last(Post<P> post) {
    return outbox.last(post.messageId()).orElseThrow();
  }

  /**
   * Writes the changes since the last call in one step, e.g. the outcome of one message and the
   * start of the next one.
   */
  private void write() {
    if (outbox.write().stream().anyMatch(change -> change.state() == MessageState.SENT)) {
      FailPoint.reached(FailPoints.SEND_RECORDED);
    }
  }
}
