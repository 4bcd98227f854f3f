package costlake.deliver;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of one mail; a row of {@code ops.mail_outbox}. The row with the highest {@code change}
 * of a message has its current state.
 *
 * @param change number of the change among the changes of the message: 1, 2, 3 ...
 * @param attempt how often the mail was handed to the mail server up to this change
 * @param providerId id that the mail service gave to the message; null if it gave none
 * @param recipient address that a notice of delivery or a bounce is about; null for all addresses
 * @param detail text of the server, the notice or the person
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
    /** The mail is written, but not yet queued. */
    RENDERED,
    /** This run or the next one sends the mail. */
    QUEUED,
    /**
     * The mail is being handed to the mail server. If a run is interrupted here, the mail is
     * doubtful.
     */
    SENDING,
    /** The mail server accepted the mail. */
    SENT,
    /** A notice says that the mail arrived. */
    DELIVERED,
    /** A notice says that the mail did not reach one recipient or any recipient. */
    BOUNCED,
    /**
     * It is unknown whether the mail server accepted the mail. A notice of delivery or a person
     * later says whether the mail arrived.
     */
    DOUBTFUL,
    /** The mail server refused the mail permanently. Nobody received it. */
    FAILED,
    /** The recipients or the statement changed before the mail was sent. Nobody received it. */
    WITHDRAWN;

    /** Whether at least one recipient has the mail or may have it. */
    public boolean mayHaveArrived() {
      return switch (this) {
        case SENDING, SENT, DELIVERED, BOUNCED, DOUBTFUL -> true;
        case RENDERED, QUEUED, FAILED, WITHDRAWN -> false;
      };
    }
  }

  /** Returns the first change of a mail. */
  public static MailChange rendered(Mail mail, Instant at) {
    return new MailChange(mail, 1, State.RENDERED, 0, null, null, null, at);
  }

  /** Returns the next change of the mail, for all addresses. */
  public MailChange then(State next, @Nullable String why) {
    return about(next, null, why);
  }

  /** Returns the next change of the mail, for one address. */
  public MailChange about(State next, @Nullable String address, @Nullable String why) {
    return new MailChange(mail, change + 1, next, attempt, providerId, address, why, Instant.now());
  }

  /** Returns the change by which the mail is written again. */
  public MailChange renderedAgain(Mail newMail) {
    return new MailChange(
        newMail, change + 1, State.RENDERED, attempt, null, null, null, Instant.now());
  }

  /** Returns the change by which the mail is handed to the mail server again. */
  public MailChange trying() {
    return new MailChange(
        mail, change + 1, State.SENDING, attempt + 1, null, null, null, Instant.now());
  }

  /** Returns the change which records that the mail server accepted the mail. */
  public MailChange taken(@Nullable String idOfProvider) {
    return new MailChange(
        mail, change + 1, State.SENT, attempt, idOfProvider, null, null, Instant.now());
  }
}
