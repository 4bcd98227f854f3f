package costlake.land.read.rows;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where the rows of a file begin, if its format alone does not say so. */
public interface FileShape {
  /** Files that begin with a header, and JSON files whose objects are the rows. */
  FileShape PLAIN = new FileShape() {};

  /**
   * Returns the names of the columns of a file that has no header; empty if its first record is the
   * header.
   */
  default Optional<List<String>> headless(List<String> first) {
    return Optional.empty();
  }

  /** Returns the names of those members of JSON objects whose elements are the rows. */
  default Set<String> rowArrays() {
    return Set.of();
  }
}
