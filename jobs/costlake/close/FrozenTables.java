package costlake.close;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import costlake.core.ReceiverId;
import costlake.lake.TableName;
import costlake.report.ReportingVersion;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The reporting tables that a close froze, with the columns of today. Version 1 of {@code
 * reporting.*} had separate tables for cost centres and the company, and no columns for the
 * receiver.
 */
final class FrozenTables {
  private static final String TOTALS = "statements";

  /** The tables that every close has frozen. */
  private static final Set<String> FIRST =
      Set.of(
          TOTALS,
          "statement_accelerators",
          "statement_changes",
          "statement_history",
          "statement_idle_hours",
          "statement_lines",
          "statement_pools",
          "statement_quality",
          "statement_value",
          "statement_workloads");

  private final CloseJournal closes;
  private final MonthChange close;

  FrozenTables(CloseJournal closes, MonthChange close) {
    this.closes = closes;
    this.close = close;
  }

  /**
   * Reads a table with the rows of teams. It may also have the rows of other receivers. A table
   * that a later page brought has no rows, so the page does not appear.
   */
  Dataset<Row> ofTeams(String table) {
    if (isLater(table)) {
      return ofTeams(TOTALS).where(lit(false));
    }
    return hasReceivers() ? frozen(table) : teamsOfVersion1(frozen(table));
  }

  /**
   * Reads a table with the rows of cost centres and the company. It may also have those of teams. A
   * table that a later page brought has no rows.
   */
  Dataset<Row> ofGroups(String table) {
    if (isLater(table)) {
      return ofGroups(TOTALS).where(lit(false));
    }
    return hasReceivers()
        ? frozen(table)
        : groupsOfVersion1(frozen(ReportingVersion.nameOfGroups(table)));
  }

  private boolean isLater(String table) {
    return !FIRST.contains(table)
        && !close.pins().containsKey(IssuedStatements.NAMESPACE + "." + table);
  }

  private boolean hasReceivers() {
    return List.of(frozen(TOTALS).columns()).contains("receiver_kind");
  }

  private Dataset<Row> frozen(String table) {
    return closes.compared(close, new TableName(IssuedStatements.NAMESPACE, table));
  }

  private static Dataset<Row> teamsOfVersion1(Dataset<Row> rows) {
    return rows.withColumnRenamed("team_name", "receiver_name")
        .withColumn("receiver_kind", lit("team"))
        .withColumn("receiver_id", col("team_id"));
  }

  private static Dataset<Row> groupsOfVersion1(Dataset<Row> rows) {
    return rows.withColumnRenamed("group_id", "receiver_id")
        .withColumnRenamed("group_name", "receiver_name")
        .drop("group_kind")
        .withColumn(
            "receiver_kind",
            when(col("receiver_id").equalTo(ReceiverId.COMPANY), "company")
                .otherwise("cost_centre"))
        .withColumn("cost_centre", lit(null).cast("string"));
  }
}
