package costlake.lake;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/** Files of the lake that are not tables. */
final class Files {
  private Files() {}

  static void delete(SparkSession spark, String folder) {
    Path path = new Path(folder);
    try {
      path.getFileSystem(spark.sessionState().newHadoopConf()).delete(path, true);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + folder, e);
    }
  }
}
