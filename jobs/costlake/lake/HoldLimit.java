package costlake.lake;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;

/**
 * Limits of the rows of one table that a night keeps in memory.
 *
 * @param rows largest number of rows
 * @param bytes largest size of the rows
 */
record HoldLimit(long rows, long bytes) implements Serializable {
  boolean allows(long someRows, long someBytes) {
    return someRows <= rows && someBytes <= bytes;
  }

  boolean allows(List<UnsafeRow> some) {
    return allows(some.size(), some.stream().mapToLong(UnsafeRow::getSizeInBytes).sum());
  }
}
