package costlake.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import costlake.core.AtomicFile;
import costlake.core.Folders;
import io.delta.storage.HadoopFileSystemLogStore;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/**
 * Writes the log of Delta tables on a local disk. A commit is valid once its file has the final
 * name. Therefore the data files of the commit are forced to disk first, then the file of the
 * commit, and, after it is renamed, its folder.
 */
public final class DurableLogStore extends HadoopFileSystemLogStore {
  private static final ObjectMapper JSON = new ObjectMapper();

  public DurableLogStore(Configuration hadoop) {
    super(hadoop);
  }

  @Override
  public void write(
      org.apache.hadoop.fs.Path path,
      Iterator<String> actions,
      Boolean overwrite,
      Configuration hadoop)
      throws IOException {
    Path file = Path.of(path.toUri().getPath());
    StringBuilder lines = new StringBuilder();
    actions.forEachRemaining(action -> lines.append(action).append('\n'));
    forceAdded(Folders.above(Folders.above(file)), lines.toString());
    write(file, lines.toString().getBytes(StandardCharsets.UTF_8), overwrite);
  }

  /**
   * Writes one commit at a time, because two threads may try to write a commit with the same
   * number.
   */
  private static synchronized void write(Path file, byte[] bytes, boolean overwrite)
      throws IOException {
    if (!overwrite && Files.exists(file)) {
      throw new FileAlreadyExistsException(file.toString());
    }
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
    AtomicFile.write(file, bytes);
  }

  private static void forceAdded(Path table, String actions) throws IOException {
    Set<Path> folders = new LinkedHashSet<>();
    for (String action : actions.lines().toList()) {
      JsonNode added = JSON.readTree(action).path("add").path("path");
      if (added.isTextual()) {
        Path file = table.resolve(URI.create(added.textValue()).getPath());
        AtomicFile.force(file);
        addFolders(Folders.above(file), table, folders);
      }
    }
    for (Path folder : folders) {
      AtomicFile.force(folder);
    }
  }

  /** Adds a folder and the folders above it, up to {@code table}. */
  private static void addFolders(Path folder, Path table, Set<Path> folders) {
    for (Path one = folder; one.startsWith(table); one = Folders.above(one)) {
      folders.add(one);
    }
  }

  @Override
  public Boolean isPartialWriteVisible(org.apache.hadoop.fs.Path path, Configuration hadoop) {
    return true;
  }
}
