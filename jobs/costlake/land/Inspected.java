package costlake.land;

import costlake.core.DeliveredFile;
import costlake.land.read.FileFacts;
import costlake.land.read.Formats;
import java.nio.file.Path;

/**
 * A file of a delivery that was read once from its first byte to its last.
 *
 * @param file what is told of it later
 * @param facts what the reading told
 * @param bytes where it can be read again
 */
record Inspected(DeliveredFile file, FileFacts facts, Path bytes) {
  /** The same for files that hold the same, compressed or not. */
  String content() {
    return facts.content().isEmpty() ? file.sha256() : facts.content();
  }

  /** A row of it, for messages. */
  String place(long row) {
    return file.path() + (isParquet() ? " row " : " line ") + row;
  }

  boolean isParquet() {
    return Formats.parquet(file.path());
  }

  Inspected without(java.util.List<Long> repeated) {
    return new Inspected(file.without(repeated), facts, bytes);
  }
}
