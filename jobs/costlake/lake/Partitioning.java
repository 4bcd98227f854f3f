package costlake.lake;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The unit in which a table is replaced: the values of one date column, or the table as a whole.
 *
 * @param column date column of day and month tables; null for whole ones
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

  /** The date column of a table that is replaced by day or month. */
  String dateColumn() {
    return Objects.requireNonNull(column, "column");
  }

  /** Whether the table is replaced as a whole. */
  public boolean isWhole() {
    return by == By.WHOLE;
  }

  /** Replaced as a whole. */
  public static Partitioning whole() {
    return new Partitioning(By.WHOLE, null);
  }
}
