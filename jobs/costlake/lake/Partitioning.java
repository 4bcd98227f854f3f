package costlake.lake;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The unit in which a table is replaced: the values of one date column, or the table as a whole.
 *
 * @param column date column; null if the table is replaced as a whole
 */
public record Partitioning(By by, @Nullable String column) {
  /** Unit of replacement. */
  public enum By {
    DAY,
    MONTH,
    WHOLE
  }

  public Partitioning {
    if ((by == By.WHOLE) != (column == null)) {
      throw new IllegalArgumentException("Partitioning by " + by + " with column " + column);
    }
  }

  /** Returns the date column of a table that is replaced by day or month. */
  String dateColumn() {
    return Objects.requireNonNull(column, "column");
  }

  /** Whether the table is replaced as a whole. */
  public boolean isWhole() {
    return by == By.WHOLE;
  }

  /** Returns the partitioning of a table that is replaced as a whole. */
  public static Partitioning whole() {
    return new Partitioning(By.WHOLE, null);
  }
}
