package costlake.deliver;

/** What a person decided about a mail: whether it was sent. */
public enum MailDecision {
  SENT("sent"),
  NOT_SENT("not-sent");

  private final String word;

  MailDecision(String word) {
    this.word = word;
  }

  /** Returns the decision as the operator writes it on the command line. */
  public String word() {
    return word;
  }
}
