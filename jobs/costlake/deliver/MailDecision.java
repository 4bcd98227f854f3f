package costlake.deliver;

import costlake.outbox.MessageState;

/** What a person decided about a mail: whether it was sent. */
public enum MailDecision {
  SENT("sent", MessageState.SENT),
  NOT_SENT("not-sent", MessageState.QUEUED);

  private final String word;
  private final MessageState state;

  MailDecision(String word, MessageState state) {
    this.word = word;
    this.state = state;
  }

  /** Returns the decision as the operator writes it on the command line. */
  public String word() {
    return word;
  }

  /** Returns the state of the message after the decision. */
  public MessageState state() {
    return state;
  }
}
