package costlake.testing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs queries in DuckDB. Each row is one text of values that are separated by vertical bars;
 * decimals have no trailing zeros.
 */
public final class Duck {
  private Duck() {}

  /** Returns the rows of a query in its order. */
  public static List<String> rows(String sql) {
    return rows("select 1", sql);
  }

  /** Runs a script, then returns the rows of a query in its order. */
  public static List<String> rows(String script, String sql) {
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(script);
      return rows(statement, sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> rows(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          Object cell = result.getObject(i);
          cells.add(
              cell instanceof java.math.BigDecimal number
                  ? number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString()
                  : String.valueOf(cell));
        }
        rows.add(String.join(" | ", cells));
      }
      return rows;
    }
  }

  /** Returns the SQL expression that reads a delivered CSV file with all columns as text. */
  public static String csv(Path file) {
    return "read_csv('"
        + file
        + "', header = true, all_varchar = true, quote = '\"', escape = '\"')";
  }

  /** Returns the SQL expression that reads all Parquet files of a folder. */
  public static String parquet(Path folder) {
    return "read_parquet('" + folder + "/*.parquet')";
  }
}
