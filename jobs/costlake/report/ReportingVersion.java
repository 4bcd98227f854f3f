package costlake.report;

import costlake.core.Failure;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The version of the tables {@code reporting.*}. */
public final class ReportingVersion {
  private ReportingVersion() {}

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
