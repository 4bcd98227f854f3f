package costlake.lake;

import costlake.core.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Forces the files of tables to disk before the journal names them, so that a power cut cannot lose
 * them.
 */
final class DiskSync {
  /**
   * Largest time by which the modification time of a new file may be behind the clock of this
   * machine.
   */
  private static final Duration LAG = Duration.ofSeconds(5);

  private final String root;
  private final TableFormat format;
  private final Instant since;

  private DiskSync(String root, TableFormat format, Instant since) {
    this.root = root;
    this.format = format;
    this.since = since;
  }

  /** Returns the path of a location on a local disk. The location may begin with {@code file:}. */
  static Path path(String location) {
    return Path.of(location.replaceFirst("^file:/*", "/"));
  }

  /** Creates a sync for files that were written since a moment. */
  static DiskSync since(String root, TableFormat format, Instant moment) {
    Instant now = Clock.systemUTC().instant();
    return new DiskSync(root, format, (moment.isBefore(now) ? moment : now).minus(LAG));
  }

  /** Forces to disk the files of a table that were written since the moment of this sync. */
  void force(TableName table) {
    for (Path folder : format.folders(table)) {
      try {
        AtomicFile.forceNewer(folder, since);
      } catch (IOException e) {
        throw WriteErrors.failure("force " + table + " to disk", root, e);
      }
    }
  }
}
