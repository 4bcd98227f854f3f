package costlake.testing;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerEvent;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.SQLExecution;
import org.apache.spark.sql.execution.ui.SparkListenerSQLExecutionStart;

/** Counts what Spark SQL executes during an action: queries, writes and commands. */
public final class Executions extends SparkListener {
  private static final long PATIENCE_MS = 60_000;

  private final Set<String> all = ConcurrentHashMap.newKeySet();
  private final Set<String> withJobs = ConcurrentHashMap.newKeySet();

  private Executions() {}

  /** Counts the executions of an action. */
  public static Executions of(SparkSession spark, Runnable action) throws Exception {
    Executions executions = new Executions();
    spark.sparkContext().addSparkListener(executions);
    try {
      action.run();
      spark.sparkContext().listenerBus().waitUntilEmpty(PATIENCE_MS);
      return executions;
    } finally {
      spark.sparkContext().removeSparkListener(executions);
    }
  }

  /** Returns the number of executions. */
  public int count() {
    return all.size();
  }

  /** Returns the number of executions that run jobs. Others only plan, or change metadata. */
  public int withJobs() {
    return withJobs.size();
  }

  @Override
  public void onOtherEvent(SparkListenerEvent event) {
    if (event instanceof SparkListenerSQLExecutionStart start) {
      all.add(Long.toString(start.executionId()));
    }
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    String execution = job.properties().getProperty(SQLExecution.EXECUTION_ID_KEY());
    if (execution != null) {
      withJobs.add(execution);
    }
  }
}
