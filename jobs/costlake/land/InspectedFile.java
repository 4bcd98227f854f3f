package costlake.land;

import costlake.core.DatasetName;
import costlake.core.DeliveredFile;
import costlake.land.read.FileSummary;
import costlake.land.read.Formats;
import java.nio.file.Path;

/**
 * A file of a delivery that was read completely once.
 *
 * @param file entry of the file in the delivery
 * @param facts columns, counts and checksums that were found while the file was read
 * @param bytes path of the copy
 */
record InspectedFile(DeliveredFile file, FileSummary facts, Path bytes) {
  /** Returns a key that is equal for files with the same content, compressed or not. */
  String content() {
    return facts.content().isEmpty() ? file.sha256() : facts.content();
  }

  /** Returns the dataset that the file belongs to. */
  String dataset() {
    return DatasetName.of(file.path());
  }

  /** Returns the file and the number of a row, for messages. */
  String place(long row) {
    return file.path() + " " + Formats.unit(file.path()) + " " + row;
  }

  /** Whether both files have the same columns and format, so that equal rows have equal hashes. */
  boolean isLike(InspectedFile other) {
    return facts.columns().equals(other.facts.columns())
        && Formats.isAlike(file.path(), other.file.path());
  }

  InspectedFile without(java.util.List<Long> repeated) {
    return new InspectedFile(file.without(repeated), facts, bytes);
  }
}
