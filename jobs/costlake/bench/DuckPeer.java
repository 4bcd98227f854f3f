package costlake.bench;

import costlake.core.Failure;
import costlake.land.read.ReferenceCsv;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs the mapping and the group-by of the benchmark in DuckDB, in a separate process.
 *
 * <p>The mapping is a translation of the models, so that both engines do the same work. If their
 * results are equal, the translation is complete, but the mapping may still be wrong. {@code
 * SecondOpinionTest} has a mapping that was written without the models.
 *
 * <p>It writes every row and column of {@code focus.cost_and_usage} for the bill, with the given
 * ids of source and delivery. It does the work of the models, but not the work of landing: it
 * checks no rows, and reports neither repairs nor tag keys that differ only in their prefix. The
 * measured bills have no wrong rows, no repairs and no such tag keys. It writes a native number of
 * type double with an exponent if the number is below 1e-4, or 1e16 or more.
 */
final class DuckPeer {
  private static final String ONE_CSV =
      "select *, %d as file_no, row_number() over () + 1 as source_row"
          + " from read_csv('%s', all_varchar = true, filename = true, hive_partitioning = false)";

  private DuckPeer() {}

  /**
   * Refuses to measure without DuckDB, which the archive of the program lacks.
   *
   * @throws Failure with exit code 2
   */
  static void require() {
    if (DuckPeer.class.getResource("/org/duckdb/DuckDBDriver.class") == null) {
      throw Failure.operator(
          "Cannot measure: the archive of Costlake has no DuckDB to compare with. Run bench in a"
              + " working copy.");
    }
  }

  /**
   * Maps the files that match a pattern and writes the result to a folder. Prints the seconds of
   * the mapping, the seconds of the group-by, and the number of lines of the bill.
   *
   * @param args pattern, folder, number of threads, id of the source, id of the delivery
   */
  public static void main(String[] args) throws SQLException {
    String mapped = "read_parquet('" + Path.of(args[1]) + "/*/*.parquet')";
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("set threads=" + args[2]);
      statement.execute("set TimeZone='UTC'");
      statement.execute("set preserve_insertion_order=false");
      for (String table : List.of("aws_services", "aws_units", "aws_regions")) {
        reference(duck, table);
      }
      statement.execute(bill(statement, args[0]));
      statement.execute(
          script("duckdb_focus").replace("{{source}}", args[3]).replace("{{delivery}}", args[4]));
      double map =
          timed(
              statement,
              "copy charges to '"
                  + Path.of(args[1])
                  + "' (format parquet, compression zstd, partition_by (x_ChargeDate))");
      double group =
          timed(
              statement,
              "select SubAccountId, ServiceName, sum(EffectiveCost) from "
                  + mapped
                  + " group by all");
      try (ResultSet rows =
          statement.executeQuery(
              "select count(*) from " + mapped + " where not ends_with(x_ChargeId, '/unused')")) {
        rows.next();
        System.out.printf(Locale.ROOT, "%.3f %.3f %d%n", map, group, rows.getLong(1));
      }
    }
  }

  private static double timed(Statement statement, String sql) throws SQLException {
    long start = System.nanoTime();
    statement.execute(sql);
    return (System.nanoTime() - start) / 1e9;
  }

  private static String bill(Statement statement, String pattern) throws SQLException {
    return pattern.endsWith("parquet")
        ? script("duckdb_parquet").replace("{{files}}", pattern)
        : script("duckdb_csv").replace("{{files}}", numberedRows(statement, pattern));
  }

  /**
   * Reads each file with its own query. DuckDB can number the rows of a CSV only if it reads them
   * in order; with a query for each file, it still reads several files at the same time.
   */
  private static String numberedRows(Statement statement, String pattern) throws SQLException {
    List<String> files = new ArrayList<>();
    try (ResultSet found =
        statement.executeQuery("select file from glob('" + pattern + "') order by file")) {
      while (found.next()) {
        files.add(ONE_CSV.formatted(files.size() + 1, found.getString(1)));
      }
    }
    return String.join("\n    union all\n    ", files);
  }

  private static void reference(Connection duck, String table) throws SQLException {
    List<Map<String, String>> rows = ReferenceCsv.read(table);
    List<String> columns = List.copyOf(rows.get(0).keySet());
    try (Statement statement = duck.createStatement()) {
      statement.execute(
          "create table " + table + " (" + String.join(" varchar, ", columns) + " varchar)");
    }
    String marks = String.join(", ", columns.stream().map(column -> "?").toList());
    try (PreparedStatement insert =
        duck.prepareStatement("insert into " + table + " values (" + marks + ")")) {
      for (Map<String, String> row : rows) {
        for (int i = 0; i < columns.size(); i++) {
          insert.setString(i + 1, row.get(columns.get(i)));
        }
        insert.executeUpdate();
      }
    }
  }

  private static String script(String name) {
    try (InputStream in = DuckPeer.class.getResourceAsStream(name + ".sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the embedded " + name + ".sql", e);
    }
  }
}
