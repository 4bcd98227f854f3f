package costlake.convert;

import costlake.core.Progress;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** Reports the number of rows that tasks have written. */
final class WrittenRows extends SparkListener {
  private final Progress progress;

  private WrittenRows(Progress progress) {
    this.progress = progress;
  }

  /** Runs a write and reports the number of written rows while it runs. */
  static void report(SparkSession spark, Progress progress, long total, Runnable write) {
    WrittenRows rows = new WrittenRows(progress);
    progress.begin("Converting", total, "rows");
    spark.sparkContext().addSparkListener(rows);
    try {
      write.run();
    } finally {
      spark.sparkContext().removeSparkListener(rows);
      progress.end();
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.taskMetrics() != null) {
      progress.advance(end.taskMetrics().outputMetrics().recordsWritten());
    }
  }
}
