package costlake.cli;

import costlake.core.Failure;
import java.io.PrintWriter;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.spark.SparkThrowable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports a failure in one message and chooses the exit code. The stack trace goes to the log file.
 * Reports nothing while the process stops, because {@link StopNotice} prints a message then.
 */
final class FailureReporter {
  private static final Logger LOG = LoggerFactory.getLogger(FailureReporter.class);

  /** Spark's error conditions for a file that exists but is damaged. */
  private static final Set<String> DAMAGED_FILE =
      Set.of(
          "FAILED_READ_FILE.NO_HINT",
          "FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER",
          "FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH");

  private static final Pattern NEXT_STEP = Pattern.compile("Free space|disk has free space");

  /** Spark's name for an error that a query raises itself. */
  private static final String RAISED = "USER_RAISED_EXCEPTION";

  private FailureReporter() {}

  static int report(Throwable e, PrintWriter err) {
    if (StopNotice.isStopping()) {
      LOG.info("Stopped", e);
      return Failure.Family.INTERNAL.exitCode();
    }
    Optional<Failure> failure = damaged(e).or(() -> wrongList(e)).or(() -> failure(e));
    if (failure.isPresent()) {
      LOG.error(failure.get().getMessage(), e);
      err.println("costlake: " + MachineFaults.plain(failure.get().getMessage()));
      return failure.get().family().exitCode();
    }
    LOG.error("Unexpected failure", e);
    err.println("costlake: Failed unexpectedly: " + cause(e));
    err.println(
        "This is a bug in Costlake or a fault of the machine. No table was published without the others; run"
            + " again to continue. The log file has the details (--verbose prints them here).");
    return Failure.Family.INTERNAL.exitCode();
  }

  /**
   * Reports a damaged file as wrong data, whatever the program did with the file: a second attempt
   * would fail too.
   */
  private static Optional<Failure> damaged(Throwable e) {
    return first(
            e, SparkThrowable.class, t -> DAMAGED_FILE.contains(String.valueOf(t.getCondition())))
        .map(
            t ->
                Failure.data(
                    e,
                    """
                    Cannot read %s: %s. The file is damaged: deliver it again, or, if it belongs to
                    a table, restore it from the backup
                    """,
                    t.getMessageParameters().get("path"),
                    cause(e)));
  }

  /** Reports an error that a model raises about a list of the configuration. */
  static Optional<Failure> wrongList(Throwable e) {
    return first(e, SparkThrowable.class, t -> RAISED.equals(t.getCondition()))
        .map(t -> t.getMessageParameters().getOrDefault("errorMessage", ""))
        .filter(message -> message.startsWith("reference/"))
        .map(message -> Failure.operator(e, "Cannot continue: %s.", message));
  }

  /**
   * Returns Costlake's own failure if its message says what to do. Otherwise looks for a fault of
   * the machine.
   */
  private static Optional<Failure> failure(Throwable e) {
    Optional<Failure> own = first(e, Failure.class, t -> true);
    boolean said =
        own.filter(
                f ->
                    f.family() != Failure.Family.INTERNAL
                        || NEXT_STEP.matcher(f.getMessage()).find())
            .isPresent();
    return said ? own : MachineFaults.of(causes(e).toList()).or(() -> own);
  }

  private static <T> Optional<T> first(Throwable e, Class<T> kind, Predicate<T> meant) {
    return causes(e).filter(kind::isInstance).map(kind::cast).filter(meant).findFirst();
  }

  /** Returns the exception and its causes, the root cause last. */
  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, Objects::nonNull, Throwable::getCause);
  }

  private static String cause(Throwable e) {
    Throwable root = causes(e).reduce((outer, inner) -> inner).orElse(e);
    return root.getMessage() == null
        ? "no reason is given"
        : MachineFaults.plain(root.getMessage());
  }
}
