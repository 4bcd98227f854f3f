package costlake.core;

/**
 * An expected error that stops a run. The message says what is wrong, where, and what to do next;
 * the family decides the exit code and whether a scheduler may retry.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The kinds of failure, by who has to act. */
  public enum Family {
    /** Usage, configuration, a missing export: the operator can fix it. */
    OPERATOR(2),
    /** An audit failed or a delivery is wrong. */
    DATA(3),
    /** A bug or a fault of the machine; the only family worth a retry. */
    INTERNAL(4);

    private final int exitCode;

    Family(int exitCode) {
      this.exitCode = exitCode;
    }

    /** Exit code of the process. */
    public int exitCode() {
      return exitCode;
    }
  }

  private final Family family;

  private Failure(Family family, String message, Throwable cause) {
    super(message, cause);
    this.family = family;
  }

  /** The operator can fix it. */
  public static Failure operator(String message) {
    return new Failure(Family.OPERATOR, message, null);
  }

  /** The operator can fix it; the cause goes to the log. */
  public static Failure operator(String message, Throwable cause) {
    return new Failure(Family.OPERATOR, message, cause);
  }

  /** The data is wrong. */
  public static Failure data(String message) {
    return new Failure(Family.DATA, message, null);
  }

  /** The data is wrong; the cause goes to the log. */
  public static Failure data(String message, Throwable cause) {
    return new Failure(Family.DATA, message, cause);
  }

  /** A bug or a fault of the machine. */
  public static Failure internal(String message, Throwable cause) {
    return new Failure(Family.INTERNAL, message, cause);
  }

  /** The kind of failure: it says who has to act. */
  public Family family() {
    return family;
  }
}
