package costlake.lake;

import java.time.Instant;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** A month about to be closed or re-opened, while no night can run. */
public final class CloseStage implements AutoCloseable {
  private final Lake.Parts lake;
  private final WriterLock lock;
  private final String runId;

  CloseStage(Lake.Parts lake, WriterLock lock, String runId) {
    this.lake = lake;
    this.lock = lock;
    this.runId = runId;
  }

  /**
   * Records the decision: freezes the tables it names and writes down what was issued. From its
   * first write on it is carried out, if need be by whoever writes to the lake next.
   */
  public Decision<MonthChange> decide(
      Instant at, String actor, @Nullable String reason, MonthChange change) {
    SparkSession.setActiveSession(lake.spark());
    Supplier<Decision<MonthChange>> recorded =
        () -> lake.monthDecisions().decide(runId, at, actor, reason, change);
    return WriteErrors.guarded("close " + change.period(), lake.root(), recorded);
  }

  /** Lets the next night begin. */
  @Override
  public void close() {
    lock.close();
  }
}
