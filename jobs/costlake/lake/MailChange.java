package costlake.lake;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of one mail; a row of {@code ops.mail_outbox}. The row with the highest {@code change}
 * of a message has its current state.
 *
 * @param change 1, 2, 3 ... within the message
 * @param attempt how often the mail was handed to the mail server, this time included
 * @param providerId what the mail service calls the message; null where it does not say
 * @param recipient the one address that a delivery or a bounce is about; null for all of them
 * @param detail what the server, the notice or the person said
 */
public record MailChange(
    Mail mail,
    long change,
    State state,
    long attempt,
    @Nullable String providerId,
    @Nullable String recipient,
    @Nullable String detail,
    Instant at) {
  /** State of a mail. */
  public enum State {
    /** Written, not yet in the queue. */
    RENDERED,
    /** To be sent by this run or the next. */
    QUEUED,
    /** About to be handed over. If a run ends here, the mail is in doubt. */
    SENDING,
    /** The mail server took it. */
    SENT,
    /** A notice says that it arrived. */
    DELIVERED,
    /** A notice says that it did not arrive at one recipient or at all of them. */
    BOUNCED,
    /** It may have been taken or not: a notice or a person has to say. */
    DOUBTFUL,
    /** Refused permanently; nobody received it. */
    FAILED,
    /** The recipients changed before it was sent; nobody received it. */
    WITHDRAWN;

    /** Whether its recipients have it, or may have it. */
    public boolean mayHaveArrived() {
      return switch (this) {
        case SENDING, SENT, DELIVERED, BOUNCED, DOUBTFUL -> true;
        case RENDERED, QUEUED, FAILED, WITHDRAWN -> false;
      };
    }
  }

  /** The first change of a mail. */
  public static MailChange rendered(Mail mail, Instant at) {
    return new MailChange(mail, 1, State.RENDERED, 0, null, null, null, at);
  }

  /** The next change of the same mail. */
  public MailChange then(State next, @Nullable String why) {
    return about(next, null, why);
  }

  /** The next change of one address of the mail. */
  public MailChange about(State next, @Nullable String address, @Nullable String why) {
    return new MailChange(mail, change + 1, next, attempt, providerId, address, why, Instant.now());
  }

  /** The mail written anew after this. */
  public MailChange renderedAnew(Mail anew) {
    return new MailChange(
        anew, change + 1, State.RENDERED, attempt, null, null, null, Instant.now());
  }

  /** The next try to hand it over. */
  public MailChange trying() {
    return new MailChange(
        mail, change + 1, State.SENDING, attempt + 1, null, null, null, Instant.now());
  }

  /** The server took it and gave it an id. */
  public MailChange taken(@Nullable String idOfProvider) {
    return new MailChange(
        mail, change + 1, State.SENT, attempt, idOfProvider, null, null, Instant.now());
  }
}
