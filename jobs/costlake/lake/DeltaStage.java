package costlake.lake;

import costlake.core.Failure;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.DummySnapshot;
import org.apache.spark.sql.delta.OptimisticTransaction;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.Action$;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.Metadata;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A prepared commit to a Delta table. The data files are in a separate folder, at the relative
 * paths that they will have in the table. {@code commit.json} in this folder has the metadata of
 * the table and a line with statistics for each file, in the format of Delta's log. Publishing
 * moves the files and commits the lines, so rows are written once.
 */
final class DeltaStage {
  private static final String LINES = "commit.json";

  private final SparkSession spark;
  private final Path folder;
  private final Metadata metadata;
  private final List<AddFile> files;

  private DeltaStage(SparkSession spark, Path folder, Metadata metadata, List<AddFile> files) {
    this.spark = spark;
    this.folder = folder;
    this.metadata = metadata;
    this.files = List.copyOf(files);
  }

  /** Writes rows into a folder as files of an empty table with this metadata. */
  static DeltaStage write(SparkSession spark, String folder, Metadata metadata, Dataset<Row> rows) {
    OptimisticTransaction never =
        DeltaLog.forTable(spark, folder).startTransaction(Option.empty(), Option.empty());
    never.updateMetadata(metadata, true);
    List<AddFile> files = new ArrayList<>();
    CollectionConverters.asJava(never.writeFiles(rows))
        .forEach(action -> files.add((AddFile) action));
    return new DeltaStage(spark, new Path(folder), metadata, files).noted();
  }

  /**
   * Reads what {@link #write} stored in a folder.
   *
   * @throws Failure with exit code 4 if the stage no longer exists
   */
  static DeltaStage read(SparkSession spark, String folder) {
    Path path = new Path(folder);
    List<Action> actions =
        text(spark, new Path(path, LINES)).lines().map(Action$.MODULE$::fromJson).toList();
    List<AddFile> files = new ArrayList<>();
    actions.subList(1, actions.size()).forEach(action -> files.add((AddFile) action));
    return new DeltaStage(spark, path, (Metadata) actions.get(0), files);
  }

  private static String text(SparkSession spark, Path path) {
    try (InputStream in = fileSystem(spark, path).open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (FileNotFoundException e) {
      throw missing(path, e);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + path, e);
    }
  }

  private DeltaStage noted() {
    List<Action> actions = new ArrayList<>(List.of(metadata));
    actions.addAll(files);
    String lines = actions.stream().map(Action::json).collect(Collectors.joining("\n"));
    Path path = new Path(folder, LINES);
    try (OutputStream out = fileSystem(spark, path).create(path, true)) {
      out.write(lines.getBytes(StandardCharsets.UTF_8));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + path, e);
    }
  }

  /**
   * Returns the stage with only these files. The other files stay in the folder until it is
   * removed.
   */
  DeltaStage keep(Predicate<AddFile> wanted) {
    return new DeltaStage(spark, folder, metadata, files.stream().filter(wanted).toList()).noted();
  }

  /** Returns the metadata that the table will have after publication. */
  Metadata metadata() {
    return metadata;
  }

  /** Returns the files. Their paths are relative to the folder of the table. */
  List<AddFile> files() {
    return files;
  }

  /** Returns the staged rows. */
  Dataset<Row> rows() {
    DeltaLog log = DeltaLog.forTable(spark, folder);
    return log.createDataFrame(
        new DummySnapshot(log.logPath(), log, metadata, Option.empty(), Option.empty()),
        CollectionConverters.asScala(files).toSeq(),
        false,
        Option.empty());
  }

  /**
   * Moves the files into the folder of the table, where no commit refers to them yet. A repeat
   * moves the remaining files. A file counts as moved only if it has its full length, because some
   * file systems move files by copying them.
   *
   * @throws Failure with exit code 4 if a file is complete in neither folder
   */
  void moveTo(String table) {
    try {
      FileSystem fileSystem = fileSystem(spark, folder);
      for (AddFile file : files) {
        String below = URI.create(file.path()).getPath();
        Path to = new Path(table, below);
        if (!isWhole(fileSystem, to, file.size())) {
          move(fileSystem, new Path(folder, below), to, file.size());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot move files to " + table, e);
    }
  }

  private static boolean isWhole(FileSystem fileSystem, Path path, long bytes) throws IOException {
    return fileSystem.exists(path) && fileSystem.getFileStatus(path).getLen() == bytes;
  }

  private static void move(FileSystem fileSystem, Path from, Path to, long bytes)
      throws IOException {
    if (!isWhole(fileSystem, from, bytes)) {
      throw missing(from, null);
    }
    fileSystem.mkdirs(to.getParent());
    fileSystem.delete(to, false);
    if (!fileSystem.rename(from, to) || !isWhole(fileSystem, to, bytes)) {
      throw new IOException("Cannot move " + from + " to " + to);
    }
  }

  private static Failure missing(Path path, @Nullable Throwable cause) {
    return Failure.internal(
        cause,
        """
        Cannot finish the publication: the staged file %s is missing or incomplete. Restore the
        backup
        """,
        path);
  }

  private static FileSystem fileSystem(SparkSession spark, Path path) throws IOException {
    return path.getFileSystem(spark.sessionState().newHadoopConf());
  }
}
