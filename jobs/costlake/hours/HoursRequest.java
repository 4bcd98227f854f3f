package costlake.hours;

import costlake.config.SourceKind;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The logs to count, and how they are read.
 *
 * @param paths files and folders
 * @param columns names of the columns in their order, if the files have no header and another order
 *     than the kind states; otherwise empty
 * @param zone zone of times without an offset, and of the days; null if the user states none, which
 *     means UTC
 * @param to folder to write
 */
public record HoursRequest(
    List<Path> paths, SourceKind kind, List<String> columns, @Nullable ZoneId zone, Path to) {
  public HoursRequest {
    paths = List.copyOf(paths);
    columns = List.copyOf(columns);
  }
}
