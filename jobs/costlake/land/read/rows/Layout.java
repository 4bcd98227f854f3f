package costlake.land.read.rows;

import java.io.Serializable;
import java.util.Set;

/**
 * How the rows of one file are told apart.
 *
 * @param rowArrays names of the members of a JSON document whose elements are the rows
 * @param freeText position of the field that may contain the separator, or {@link #NO_FREE_TEXT}
 */
public record Layout(Set<String> rowArrays, int freeText) implements Serializable {
  public static final int NO_FREE_TEXT = -1;
  public static final Layout PLAIN = new Layout(Set.of(), NO_FREE_TEXT);

  public Layout {
    rowArrays = Set.copyOf(rowArrays);
  }
}
