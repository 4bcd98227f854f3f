package costlake.cli;

import costlake.core.Failure;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.SparkThrowable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what went wrong in one message and picks the exit code; the stack goes to the log file. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  /** Conditions of the engine that say that a file is there and is not what it should be. */
  private static final Set<String> DAMAGE =
      Set.of(
          "FAILED_READ_FILE.NO_HINT",
          "FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER",
          "FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH");

  private Failures() {}

  static int report(Exception e, PrintWriter err) {
    Failure failure = damaged(e).orElseGet(() -> failure(e));
    if (failure != null) {
      LOG.error(failure.getMessage(), e);
      err.println("costlake: " + failure.getMessage());
      return failure.family().exitCode();
    }
    LOG.error("Unexpected failure", e);
    err.println("costlake: Failed unexpectedly: " + cause(e));
    err.println(
        "This is a bug of ours or trouble of the machine; nothing is half published, the next run carries on. The log"
            + " file has the details (--verbose prints them here).");
    return Failure.Family.INTERNAL.exitCode();
  }

  /**
   * A file that cannot be read cannot be read on the next try either, whatever wanted to read it.
   */
  private static Optional<Failure> damaged(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof SparkThrowable spark
          && DAMAGE.contains(String.valueOf(spark.getCondition()))) {
        return Optional.of(
            Failure.data(
                "Cannot read %s: %s. The file is damaged: deliver it again, or restore it from the backup if it is a table's"
                    .formatted(spark.getMessageParameters().get("path"), cause(e)),
                e));
      }
    }
    return Optional.empty();
  }

  private static Failure failure(Throwable e) {
    for (Throwable t = e; t != null; t = t.getCause()) {
      if (t instanceof Failure failure) {
        return failure;
      }
    }
    return null;
  }

  private static String cause(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
