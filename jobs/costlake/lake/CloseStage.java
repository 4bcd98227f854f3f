package costlake.lake;

import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/** A month about to be closed or re-opened, while no night can run. */
public final class CloseStage implements AutoCloseable {
  private final Lake.Parts lake;
  private final WriterLock lock;

  CloseStage(Lake.Parts lake, WriterLock lock) {
    this.lake = lake;
    this.lock = lock;
  }

  /** The number of the next act. */
  public long nextSequence() {
    return lake.closes().nextSequence();
  }

  /**
   * Records an act: freezes the tables it names and writes down what was issued. From its first
   * write on it is carried out, if need be by whoever writes to the lake next.
   */
  public CloseAction record(CloseAction act) {
    SparkSession.setActiveSession(lake.spark());
    Supplier<CloseAction> recorded = () -> lake.closer().record(act);
    return WriteErrors.guarded("close " + act.period(), lake.root(), recorded);
  }

  /** Lets the next night begin. */
  @Override
  public void close() {
    lock.close();
  }
}
