package costlake.deliver;

/** A person's decision about a mail in doubt. */
public enum Verdict {
  SENT("sent"),
  NOT_SENT("not-sent");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  /** As written on the command line. */
  public String word() {
    return word;
  }
}
