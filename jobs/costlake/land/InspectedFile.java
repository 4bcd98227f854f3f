package costlake.land;

import costlake.core.DatasetName;
import costlake.core.DeliveredFile;
import costlake.land.read.FileSummary;
import costlake.land.read.Formats;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file of a delivery that was read completely once.
 *
 * @param file entry of the file in the delivery
 * @param facts columns, counts and checksums that were found while the file was read
 * @param bytes path of the copy
 * @param repeated rows that do not count, because they repeat another row
 */
record InspectedFile(
    DeliveredFile file, FileSummary facts, Path bytes, List<FileSummary.RejectedRow> repeated) {
  InspectedFile {
    repeated = List.copyOf(repeated);
  }

  /** Creates a file whose rows all count. */
  InspectedFile(DeliveredFile file, FileSummary facts, Path bytes) {
    this(file, facts, bytes, List.of());
  }

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

  /** Returns the file without rows that do not count, because they repeat another row. */
  InspectedFile without(List<FileSummary.RejectedRow> repeated) {
    List<Long> rows = repeated.stream().map(FileSummary.RejectedRow::row).toList();
    return new InspectedFile(file.without(rows), facts, bytes, repeated);
  }

  /** Returns the listed rows that do not count: those that cannot be read, and repeated ones. */
  List<FileSummary.RejectedRow> notCounted() {
    return Stream.concat(facts.rejects().stream(), repeated.stream()).toList();
  }
}
