package costlake.lake;

import java.time.Instant;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Closes or re-opens a month while no night can run. */
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
   * Records a decision and carries it out: freezes the tables and records the issued statements. If
   * it is interrupted after the decision is recorded, the next run that writes to the lake carries
   * it out.
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
