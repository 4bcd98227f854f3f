package costlake.lake;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import costlake.core.AtomicFile;
import costlake.core.Failure;
import costlake.core.FileErrors;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Numbered entries of a journal, one small file each. A file is written completely or not at all,
 * and is forced to disk.
 */
final class JournalFiles<T> {
  /** Parses the file of an entry. */
  interface Parser<T> {
    T parse(byte[] json) throws IOException;
  }

  /** The JSON format of all files of the journal. */
  static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

  private final FileSystem files;
  private final Path folder;
  private final Parser<T> parser;

  JournalFiles(String root, String folder, Parser<T> parser, Configuration hadoop) {
    try {
      this.folder = new Path(new Path(root), folder);
      this.files = this.folder.getFileSystem(hadoop);
      this.parser = parser;
      files.setWriteChecksum(false);
    } catch (IOException e) {
      throw Failure.operator(e, "Cannot reach the lake at %s: %s", root, FileErrors.why(e));
    }
  }

  List<Path> newestFirst() {
    try {
      if (!files.exists(folder)) {
        return List.of();
      }
      return Arrays.stream(
              files.listStatus(folder, path -> path.getName().matches("\\d{9}\\.json")))
          .map(FileStatus::getPath)
          .sorted(Comparator.comparing(Path::getName).reversed())
          .toList();
    } catch (IOException e) {
      throw Failure.internal(e, "Cannot read the journal %s: %s", folder, FileErrors.why(e));
    }
  }

  T read(Path path) {
    try (InputStream in = files.open(path)) {
      return parser.parse(in.readAllBytes());
    } catch (IOException e) {
      throw Failure.internal(e, "Cannot read the journal %s: %s", path, FileErrors.why(e));
    }
  }

  /** Writes an entry. Replaces the earlier state of the same entry. */
  void write(long sequence, T entry) {
    Path target = new Path(folder, "%09d.json".formatted(sequence));
    try {
      AtomicFile.write(
          java.nio.file.Path.of(target.toUri().getPath()), JSON.writeValueAsBytes(entry));
    } catch (IOException e) {
      throw WriteErrors.failure("write the journal", folder.getParent().toString(), e);
    }
  }

  void delete(Path path) {
    try {
      files.delete(path, false);
    } catch (IOException e) {
      throw Failure.internal(e, "Cannot remove %s: %s", path, FileErrors.why(e));
    }
  }
}
