package costlake.core;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

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

  private Failure(Family family, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.family = family;
  }

  /** The operator can fix it. The message is written as for {@link Message#of}. */
  @FormatMethod
  public static Failure operator(@FormatString String message, @Nullable Object... arguments) {
    return operator(null, message, arguments);
  }

  /** The operator can fix it; the cause goes to the log. */
  @FormatMethod
  public static Failure operator(
      @Nullable Throwable cause, @FormatString String message, @Nullable Object... arguments) {
    return new Failure(Family.OPERATOR, Message.of(message, arguments), cause);
  }

  /** The data is wrong. */
  @FormatMethod
  public static Failure data(@FormatString String message, @Nullable Object... arguments) {
    return data(null, message, arguments);
  }

  /** The data is wrong; the cause goes to the log. */
  @FormatMethod
  public static Failure data(
      @Nullable Throwable cause, @FormatString String message, @Nullable Object... arguments) {
    return new Failure(Family.DATA, Message.of(message, arguments), cause);
  }

  /** A bug or a fault of the machine. */
  @FormatMethod
  public static Failure internal(@FormatString String message, @Nullable Object... arguments) {
    return internal(null, message, arguments);
  }

  /** A bug or a fault of the machine; the cause goes to the log. */
  @FormatMethod
  public static Failure internal(
      @Nullable Throwable cause, @FormatString String message, @Nullable Object... arguments) {
    return new Failure(Family.INTERNAL, Message.of(message, arguments), cause);
  }

  @Override
  public String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /** The kind of failure: who has to act. */
  public Family family() {
    return family;
  }
}
