package costlake.land;

import costlake.core.DeliveredFile;
import costlake.land.read.FileSummary;
import costlake.land.read.Formats;
import java.nio.file.Path;

/**
 * A file of a delivery that was read once from its first byte to its last.
 *
 * @param file its entry in the delivery
 * @param facts results of the reading
 * @param bytes path at which it can be read again
 */
record InspectedFile(DeliveredFile file, FileSummary facts, Path bytes) {
  /** A key that is equal for files with the same content, compressed or not. */
  String content() {
    return facts.content().isEmpty() ? file.sha256() : facts.content();
  }

  /** A row of it, for messages. */
  String place(long row) {
    return file.path() + " " + Formats.unit(file.path()) + " " + row;
  }

  /** Whether rows of both that are the same look the same to {@link FileReading}. */
  boolean isLike(InspectedFile other) {
    return facts.columns().equals(other.facts.columns())
        && Formats.isAlike(file.path(), other.file.path());
  }

  InspectedFile without(java.util.List<Long> repeated) {
    return new InspectedFile(file.without(repeated), facts, bytes);
  }
}
