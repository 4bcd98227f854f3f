package costlake.cli;

import costlake.core.Failure;
import java.io.PrintWriter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what went wrong in one message and picks the exit code; the stack goes to the log file. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  static int report(Exception e, PrintWriter err) {
    Failure failure = failure(e);
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
