package costlake.decide;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Rows of published tables that decisions keep forever. */
public interface Pins {
  /**
   * Keeps rows of a version of a table; maintenance does not remove them. A repeat does nothing.
   *
   * @param label name of the kept rows, unique for the table
   * @param rows condition for the rows to keep
   * @return the pin, for {@link #rows}
   */
  String pin(String table, String version, String label, Column rows);

  /** Returns the rows of a pin. May also return other rows of the pinned version. */
  Dataset<Row> rows(String table, String pin);
}
