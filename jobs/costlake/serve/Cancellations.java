package costlake.serve;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;

/**
 * Cancels the Spark jobs of queries that were cancelled or failed, including jobs that start later.
 * Spark submits stages from its own threads. If a query ends while Spark plans it, such stages can
 * start afterwards and would occupy the cores until they finish.
 */
final class Cancellations extends SparkListener implements AutoCloseable {
  /**
   * Number of ended queries that are remembered. Late jobs of a query start within seconds after
   * the query ended.
   */
  private static final int REMEMBERED = 1000;

  private static final String GROUP = "spark.jobGroup.id";

  private final SparkContext engine;
  private final Map<String, Boolean> newest =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };
  private final Set<String> ended = Collections.synchronizedSet(Collections.newSetFromMap(newest));

  Cancellations(SparkContext engine) {
    this.engine = engine;
    engine.addSparkListener(this);
  }

  /** Cancels the jobs of a job group, and later jobs of the group as long as it is remembered. */
  void cancel(String group, String reason) {
    ended.add(group);
    engine.cancelJobGroup(group, reason);
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    if (job.properties() != null && ended.contains(job.properties().getProperty(GROUP, ""))) {
      engine.cancelJob(job.jobId(), "its query has ended");
    }
  }

  @Override
  public void close() {
    engine.removeSparkListener(this);
  }
}
