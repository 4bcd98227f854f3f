package costlake.lake;

import costlake.decide.Decision;
import costlake.decide.DecisionKind;
import costlake.decide.OpsTable;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/** Makes decisions of a kind while no other process does, and adds to the tables of the kind. */
public final class DecisionStage<T> implements AutoCloseable {
  private final Lake.Parts lake;
  private final DecisionKind<T> kind;
  private final WriterLock lock;
  private final String runId;

  DecisionStage(Lake.Parts lake, DecisionKind<T> kind, WriterLock lock, String runId) {
    this.lake = lake;
    this.kind = kind;
    this.lock = lock;
    this.runId = runId;
  }

  /**
   * Records a decision and carries it out. If it is interrupted after the decision is recorded, the
   * next process that takes the lock of the kind carries it out.
   */
  public Decision<T> decide(Instant at, String actor, @Nullable String reason, T content) {
    SparkSession.setActiveSession(lake.spark());
    Supplier<Decision<T>> recorded =
        () -> lake.decided().of(kind).decide(runId, at, actor, reason, content);
    return WriteErrors.guarded(kind.action(content), lake.root(), recorded);
  }

  /** Returns the rows of a table of the kind, in the order of these columns. */
  public List<Row> rows(OpsTable table, String first, String... then) {
    return lake.ops()
        .rows(RunLog.spec(table))
        .map((Dataset<Row> rows) -> rows.orderBy(first, then).collectAsList())
        .orElse(List.of());
  }

  /** Appends rows to a table of the kind, all of them or none. */
  public void append(OpsTable table, List<Row> rows) {
    lake.ops().append(RunLog.spec(table), rows);
  }

  /** Lets another process decide. */
  @Override
  public void close() {
    lock.close();
  }
}
