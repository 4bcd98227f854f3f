package costlake.deliver;

/** A person's decision about a mail in doubt. */
public enum MailDecision {
  SENT("sent"),
  NOT_SENT("not-sent");

  private final String word;

  MailDecision(String word) {
    this.word = word;
  }

  /** As written on the command line. */
  public String word() {
    return word;
  }
}
