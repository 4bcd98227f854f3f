package costlake.core;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An expected error that stops a run. The message says what is wrong, where, and what to do next.
 * The family decides the exit code and whether a scheduler may try again.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The kinds of failure. Each needs a different reaction. */
  public enum Family {
    /** The operator can fix it, e.g. a wrong option, a wrong setting or a missing export. */
    OPERATOR(2),
    /** An audit failed or a delivery is wrong. */
    DATA(3),
    /** A bug or a fault of the machine. Only for this family, a second attempt may succeed. */
    INTERNAL(4);

    private final int exitCode;

    Family(int exitCode) {
      this.exitCode = exitCode;
    }

    /** Returns the exit code of the process. */
    public int exitCode() {
      return exitCode;
    }
  }

  private final Family family;

  private Failure(Family family, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.family = family;
  }

  /** Returns a failure that the operator can fix. {@link Message#of} explains the parameters. */
  @FormatMethod
  public static Failure operator(@FormatString String message, @Nullable Object... arguments) {
    return operator(null, message, arguments);
  }

  /** Returns a failure that the operator can fix. The cause is written to the log. */
  @FormatMethod
  public static Failure operator(
      @Nullable Throwable cause, @FormatString String message, @Nullable Object... arguments) {
    return new Failure(Family.OPERATOR, Message.of(message, arguments), cause);
  }

  /** Returns a failure because data is wrong. */
  @FormatMethod
  public static Failure data(@FormatString String message, @Nullable Object... arguments) {
    return data(null, message, arguments);
  }

  /** Returns a failure because data is wrong. The cause is written to the log. */
  @FormatMethod
  public static Failure data(
      @Nullable Throwable cause, @FormatString String message, @Nullable Object... arguments) {
    return new Failure(Family.DATA, Message.of(message, arguments), cause);
  }

  /** Returns a failure because of a bug or a fault of the machine. */
  @FormatMethod
  public static Failure internal(@FormatString String message, @Nullable Object... arguments) {
    return internal(null, message, arguments);
  }

  /**
   * Returns a failure because of a bug or a fault of the machine. The cause is written to the log.
   */
  @FormatMethod
  public static Failure internal(
      @Nullable Throwable cause, @FormatString String message, @Nullable Object... arguments) {
    return new Failure(Family.INTERNAL, Message.of(message, arguments), cause);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** Returns the family of this failure. */
  public Family family() {
    return family;
  }
}
