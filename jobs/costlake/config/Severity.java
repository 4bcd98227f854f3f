package costlake.config;

/** How bad an alert is, in ascending order. The words are those of PagerDuty. */
public enum Severity {
  INFO,
  WARNING,
  ERROR,
  CRITICAL;

  /** Returns the word for the severity, e.g. {@code warning}. */
  public String word() {
    return EnumNames.of(this);
  }

  /** Whether this severity is the other one, or worse. */
  public boolean isAtLeast(Severity other) {
    return compareTo(other) >= 0;
  }
}
