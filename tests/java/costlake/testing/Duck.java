package costlake.testing;

import static org.apache.spark.sql.functions.col;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructField;

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

  /**
   * Runs a script, then returns at most ten of the rows that only one of two tables has, with the
   * name of this table before them.
   */
  public static List<String> differences(String script, String one, String other) {
    return rows(
        script,
        """
        select *
        from (
            select '%1$s' as who, * from (select * from %1$s except all select * from %2$s)
            union all
            select '%2$s', * from (select * from %2$s except all select * from %1$s)
        )
        order by all limit 10
        """
            .formatted(one, other));
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

  /**
   * Writes rows for DuckDB, to a folder below the given one, and returns the statement that makes a
   * table of them. Timestamps lose their time zone.
   */
  public static String table(Dataset<Row> rows, Path folder, String name) {
    Dataset<Row> zoneless = rows;
    for (StructField field : rows.schema().fields()) {
      String type = field.dataType().catalogString();
      if (type.contains("timestamp")) {
        zoneless =
            zoneless.withColumn(
                field.name(), col(field.name()).cast(type.replace("timestamp", "timestamp_ntz")));
      }
    }
    Path path = folder.resolve(name);
    zoneless.coalesce(1).write().parquet(path.toString());
    return table(path, name);
  }

  /** Returns the statement that makes a table of all Parquet files of a folder. */
  public static String table(Path folder, String name) {
    return "create table %s as select * from %s;\n".formatted(name, parquet(folder));
  }

  /** Returns the SQL expression that reads all Parquet files of a folder. */
  public static String parquet(Path folder) {
    return "read_parquet('" + folder + "/*.parquet')";
  }
}
