package costlake.outbox;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of one message. The change with the highest number has the current state of the
 * message.
 *
 * @param message the message; decisions of earlier versions, which sent only mails, name it so
 * @param change number of the change among the changes of the message: 1, 2, 3 ...
 * @param attempt how often the message was handed to the server up to this change
 * @param providerId id that the server gave to the message; null if it gave none
 * @param recipient address that a notice of delivery or a bounce is about; null for all addresses
 * @param detail text of the server, the notice or the person
 */
public record MessageChange<M extends Message>(
    @JsonAlias("mail") M message,
    long change,
    MessageState state,
    long attempt,
    @Nullable String providerId,
    @Nullable String recipient,
    @Nullable String detail,
    Instant at) {

  /** Returns the first change of a message. */
  public static <M extends Message> MessageChange<M> rendered(M message, Instant at) {
    return new MessageChange<>(message, 1, MessageState.RENDERED, 0, null, null, null, at);
  }

  /** Returns the id of the message. */
  public String id() {
    return message.messageId();
  }

  /** Returns the next change of the message, for all addresses. */
  public MessageChange<M> then(MessageState next, @Nullable String why) {
    return about(next, null, why);
  }

  /** Returns the next change of the message, for one address. */
  public MessageChange<M> about(MessageState next, @Nullable String address, @Nullable String why) {
    return new MessageChange<>(
        message, change + 1, next, attempt, providerId, address, why, Instant.now());
  }

  /** Returns the change by which the message is written again. */
  public MessageChange<M> renderedAgain(M newMessage) {
    return next(newMessage, MessageState.RENDERED, attempt, null);
  }

  /** Returns the change by which the message is handed to the server again. */
  public MessageChange<M> trying() {
    return next(message, MessageState.SENDING, attempt + 1, null);
  }

  /** Returns the change which records that the server accepted the message. */
  public MessageChange<M> taken(@Nullable String idOfProvider) {
    return next(message, MessageState.SENT, attempt, idOfProvider);
  }

  private MessageChange<M> next(
      M next, MessageState nextState, long attempts, @Nullable String idOfProvider) {
    return new MessageChange<>(
        next, change + 1, nextState, attempts, idOfProvider, null, null, Instant.now());
  }
}
