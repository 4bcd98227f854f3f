package costlake.serve;

import costlake.core.Failure;
import java.util.Set;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses the message for a client whose query fails. Passes on Costlake's messages and those of
 * Spark's error conditions: they mention only the query and rows that the user may see. Any other
 * message may name files and machines. It goes to the log, and the client gets {@link #INSIDE}.
 */
final class ClientErrors {
  private static final Logger LOG = LoggerFactory.getLogger(ClientErrors.class);
  private static final Set<String> INTERNAL_CONDITIONS =
      Set.of("INTERNAL_ERROR", "FAILED_READ_FILE");

  static final String OUT_OF_MEMORY =
      "Cancelled: the query needs more memory than it may have (serve.worker_heap_mib). Query"
          + " fewer months, or collect less";

  static final String INSIDE =
      "The query failed inside the server; the log of the server has the reason";

  static final String NO_WORKER =
      "The server cannot run queries at the moment; its log has the reason. Ask its administrator";

  private ClientErrors() {}

  static String of(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (String.valueOf(t).contains(OutOfMemoryError.class.getName())) {
        return OUT_OF_MEMORY;
      }
      if (t instanceof Failure known) {
        return known.getMessage();
      }
      if (t instanceof AnalysisException analysis) {
        return analysis.getSimpleMessage().strip();
      }
      if (t instanceof SparkThrowable spark && isForTheUser(spark)) {
        return String.valueOf(t.getMessage()).strip();
      }
    }
    LOG.error("A query failed", failure);
    return INSIDE;
  }

  private static boolean isForTheUser(SparkThrowable failure) {
    String condition = failure.getCondition();
    return condition != null && INTERNAL_CONDITIONS.stream().noneMatch(condition::startsWith);
  }
}
