package costlake.lake;

import costlake.core.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Forces what was written for tables to disk, so that no journal names files that a power cut takes
 * away.
 */
final class DiskSync {
  /** File systems date files by a clock that lags a little. */
  private static final Duration LAG = Duration.ofSeconds(5);

  private final String root;
  private final TableFormat format;
  private final Instant since;

  private DiskSync(String root, TableFormat format, Instant since) {
    this.root = root;
    this.format = format;
    this.since = since;
  }

  /** The path of a location on a local disk, which may begin with {@code file:}. */
  static Path path(String location) {
    return Path.of(location.replaceFirst("^file:/*", "/"));
  }

  /** For what is written since a moment. */
  static DiskSync since(String root, TableFormat format, Instant moment) {
    Instant now = Clock.systemUTC().instant();
    return new DiskSync(root, format, (moment.isBefore(now) ? moment : now).minus(LAG));
  }

  /** Forces what was written for a table. */
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
