package costlake.lake;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.LogSegment;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.InMemoryLogReplay;
import org.apache.spark.sql.delta.util.FileNames;
import scala.Option;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;

/** Finds the data files of a version of a Delta table. */
final class DeltaFiles {
  private DeltaFiles() {}

  /**
   * Returns the data files of a snapshot. Replays its commits in memory as long as the log has no
   * checkpoint, because Spark would run a job for each table.
   */
  static List<AddFile> of(Snapshot snapshot) {
    LogSegment log = snapshot.logSegment();
    return log.checkpointProvider().isEmpty()
        ? replayed(log, snapshot.deltaLog())
        : snapshot.allFiles().collectAsList();
  }

  private static List<AddFile> replayed(LogSegment log, DeltaLog table) {
    Configuration hadoop = table.newDeltaHadoopConf();
    InMemoryLogReplay replay = new InMemoryLogReplay(Option.empty(), Option.empty());
    for (FileStatus commit : CollectionConverters.asJava(log.deltas())) {
      Iterator<Action> actions =
          table.store().read(commit, hadoop).iterator().map(Action::fromJson);
      replay.append(FileNames.deltaVersion(commit), actions);
    }
    return CollectionConverters.asJava(replay.allFiles());
  }
}
