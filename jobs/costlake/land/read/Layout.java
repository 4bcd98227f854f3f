package costlake.land.read;

import java.io.Serializable;
import java.util.Set;

/**
 * How the rows of one file are told apart.
 *
 * @param rowArrays names of the members of a JSON document whose elements are the rows
 * @param freeText position of the field that may contain the separator, or {@link #NO_FREE_TEXT}
 */
record Layout(Set<String> rowArrays, int freeText) implements Serializable {
  static final int NO_FREE_TEXT = -1;
  static final Layout PLAIN = new Layout(Set.of(), NO_FREE_TEXT);

  Layout {
    rowArrays = Set.copyOf(rowArrays);
  }
}
