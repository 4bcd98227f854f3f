package costlake.land.mlflow;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Rows that belong to runs, e.g. tags, in the order in which the runs are read. */
final class OfRuns implements AutoCloseable {
  private final ResultSet rows;
  private @Nullable String next;

  /** Takes the values of one row. */
  @FunctionalInterface
  interface Taking {
    void take(ResultSet row) throws SQLException;
  }

  /**
   * @param rows rows with the column {@code run_uuid}
   */
  OfRuns(ResultSet rows) throws SQLException {
    this.rows = rows;
    move();
  }

  private void move() throws SQLException {
    next = rows.next() ? rows.getString("run_uuid") : null;
  }

  /** Takes all rows of a run; the rows of earlier runs must have been taken. */
  void take(String run, Taking taking) throws SQLException {
    while (run.equals(next)) {
      taking.take(rows);
      move();
    }
  }

  @Override
  public void close() throws SQLException {
    rows.close();
  }
}
