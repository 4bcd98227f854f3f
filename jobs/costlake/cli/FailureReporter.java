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

/** Says what went wrong in one message and picks the exit code; the stack goes to the log file. */
final class FailureReporter {
  private static final Logger LOG = LoggerFactory.getLogger(FailureReporter.class);

  /** Conditions of the engine that say that a file is there and is not what it should be. */
  private static final Set<String> DAMAGE =
      Set.of(
          "FAILED_READ_FILE.NO_HINT",
          "FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER",
          "FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH");

  private static final Pattern NEXT_STEP = Pattern.compile("Free space|disk has free space");

  private FailureReporter() {}

  static int report(Throwable e, PrintWriter err) {
    Optional<Failure> failure = damaged(e).or(() -> failure(e));
    if (failure.isPresent()) {
      LOG.error(failure.get().getMessage(), e);
      err.println("costlake: " + MachineFaults.plain(failure.get().getMessage()));
      return failure.get().family().exitCode();
    }
    LOG.error("Unexpected failure", e);
    err.println("costlake: Failed unexpectedly: " + cause(e));
    err.println(
        "This is a bug in Costlake or a fault of the machine. Nothing is half published; run"
            + " again to continue. The log file has the details (--verbose prints them here).");
    return Failure.Family.INTERNAL.exitCode();
  }

  /**
   * A file that cannot be read cannot be read on the next attempt either, whichever part of the
   * program reads it.
   */
  private static Optional<Failure> damaged(Throwable e) {
    return first(e, SparkThrowable.class, t -> DAMAGE.contains(String.valueOf(t.getCondition())))
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

  /** The message of a machine fault, unless it already says what to do. */
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

  /** It and its causes, the root last. */
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
