package costlake.report;

import costlake.core.Failure;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The version of the tables {@code reporting.*}. */
public final class ReportingVersion {
  private static final String TOTALS = "statements";

  private ReportingVersion() {}

  /**
   * Returns the name of the table with the rows of cost centres and the company in version 1, e.g.
   * {@code group_lines}. Their sheets still have this name, so that issued statements do not
   * change.
   */
  public static String nameOfGroups(String table) {
    return table.equals(TOTALS) ? "group_statements" : table.replaceFirst("^statement_", "group_");
  }

  /**
   * Returns {@code reporting.statements} if it has the columns of this version.
   *
   * @throws Failure with exit code 2 if the lake has had no night since version 1
   */
  public static Dataset<Row> require(Dataset<Row> statements) {
    if (!List.of(statements.columns()).contains("receiver_kind")) {
      throw Failure.operator(
          """
          Cannot read statements: the tables reporting.* are of version 1. Run 'costlake night'
          first, which builds them again
          """);
    }
    return statements;
  }
}
