package costlake.outbox;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends one message to a server, for all of its recipients or for none.
 *
 * @param <P> a message as the server reads it
 */
public interface Transport<P> {
  /** Returns the name of the transport, e.g. {@code smtp}. */
  String name();

  /** Tries once to send a message. Returns a failure as an answer; does not throw. */
  Answer handOver(P message);

  /** The outcome of an attempt to send. */
  sealed interface Answer {}

  /**
   * The server accepted the message.
   *
   * @param providerId id that the server gave the message; null if it gave none
   */
  record Accepted(@Nullable String providerId) implements Answer {}

  /** The server permanently refused this message. No recipient gets it. */
  record Refused(String reason) implements Answer {}

  /** The server refused the message for now. A later attempt may succeed. */
  record TemporarilyRefused(String reason) implements Answer {}

  /**
   * The server takes no message for now.
   *
   * @param wanted how long it wants to be left alone; zero if it does not say
   */
  record Busy(String reason, Duration wanted) implements Answer {}

  /** The server cannot be reached, so no message can be sent now. */
  record Unreachable(String reason) implements Answer {}

  /** The server refuses the sender. The operator must correct the configuration or the account. */
  record SenderRefused(String reason) implements Answer {}

  /** The connection broke after the message was sent. Whether it was accepted is unknown. */
  record OutcomeUnknown(String reason) implements Answer {}
}
