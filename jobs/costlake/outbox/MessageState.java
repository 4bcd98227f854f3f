package costlake.outbox;

/** State of a message. */
public enum MessageState {
  /** The message is written, but not yet queued. */
  RENDERED,
  /** This run or the next one sends the message. */
  QUEUED,
  /**
   * The message is being handed to the server. If a run is interrupted here, the message is
   * doubtful.
   */
  SENDING,
  /** The server accepted the message. */
  SENT,
  /** A notice says that the message arrived. */
  DELIVERED,
  /** A notice says that the message did not reach one recipient or any recipient. */
  BOUNCED,
  /**
   * It is unknown whether the server accepted the message. A notice of delivery or a person later
   * says whether the message arrived.
   */
  DOUBTFUL,
  /** The server refused the message permanently. Nobody received it. */
  FAILED,
  /** The message became obsolete before it was sent. Nobody received it. */
  WITHDRAWN;

  /** Whether at least one recipient has the message or may have it. */
  public boolean mayHaveArrived() {
    return switch (this) {
      case SENDING, SENT, DELIVERED, BOUNCED, DOUBTFUL -> true;
      case RENDERED, QUEUED, FAILED, WITHDRAWN -> false;
    };
  }

  /** Whether the message still waits to be sent. */
  public boolean waits() {
    return this == RENDERED || this == QUEUED;
  }
}
