package costlake.lake;

import costlake.core.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The folders {@code stage/<night>/<table>} below the root. They record which tables a night has
 * staged, so that the next night can clean up after an interrupted night without opening every
 * table.
 */
final class StageFolders {
  private final SparkSession spark;
  private final String root;

  StageFolders(SparkSession spark, String root) {
    this.spark = spark;
    this.root = root;
  }

  static String folder(String root, String night, TableName table) {
    return root + "/stage/" + night.replaceAll("[^A-Za-z0-9._-]", "_") + "/" + table;
  }

  /** Records that a night begins to stage a table. */
  void mark(String night, TableName table) {
    try {
      AtomicFile.makeFolder(java.nio.file.Path.of(folder(root, night, table)));
    } catch (IOException e) {
      throw WriteErrors.failure("stage " + table, root, e);
    }
  }

  /** Returns the recorded tables, by the folder of the night. */
  Map<String, Set<TableName>> left() {
    Path stage = new Path(root + "/stage");
    Map<String, Set<TableName>> left = new TreeMap<>();
    try {
      FileSystem files = files(stage);
      if (!files.exists(stage)) {
        return left;
      }
      for (FileStatus night : files.listStatus(stage)) {
        Set<TableName> tables = new TreeSet<>();
        for (FileStatus table : files.listStatus(night.getPath())) {
          tables.add(TableName.parse(table.getPath().getName()));
        }
        left.put(night.getPath().getName(), tables);
      }
      return left;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list " + stage, e);
    }
  }

  /** Removes the folder of a table. */
  void remove(String night, TableName table) {
    delete(folder(root, night, table));
  }

  /** Removes the folders of all nights. */
  void clear() {
    delete(root + "/stage");
  }

  private void delete(String folder) {
    Path path = new Path(folder);
    try {
      files(path).delete(path, true);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove " + path, e);
    }
  }

  private FileSystem files(Path path) throws IOException {
    return path.getFileSystem(spark.sessionState().newHadoopConf());
  }
}
