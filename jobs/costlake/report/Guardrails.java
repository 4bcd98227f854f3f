package costlake.report;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import costlake.report.Statement.Receiver;
import java.sql.Date;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The guardrails on a dashboard. They show the current state of the lake, also for a closed month.
 *
 * @param budgets rows of {@code governance.budget_status} whose period has days of the month, those
 *     nearest to their amount first
 * @param hours what ran in the last hour of {@code governance.watch_hours}, the most costly first;
 *     none if no watch ran
 */
public record Guardrails(List<PrintedRow> budgets, List<PrintedRow> hours) {
  private static final String BUDGETS = "governance.budget_status";
  private static final String HOURS = "governance.watch_hours";
  private static final int SECONDS = 3600;

  /**
   * Reads the guardrails of a month.
   *
   * @param tables reads a table by its name with its layer
   */
  public static Guardrails read(Function<String, Dataset<Row>> tables, YearMonth month) {
    Column days =
        col("period_start")
            .leq(Date.valueOf(month.atEndOfMonth()))
            .and(col("period_end").geq(Date.valueOf(month.atDay(1))));
    return new Guardrails(
        rows(
            tables
                .apply(BUDGETS)
                .where(days)
                .orderBy(col("share_used").desc_nulls_last(), col("budget_id"))),
        rows(lastHour(tables.apply(HOURS))));
  }

  private static Dataset<Row> lastHour(Dataset<Row> watched) {
    Dataset<Row> last = watched.agg(max("hour_start").as("last_hour"));
    return watched
        .join(last, col("hour_start").equalTo(col("last_hour")))
        .withColumn("hour", date_format(col("hour_start"), "yyyy-MM-dd HH:mm"))
        .withColumn("accelerators", col("accelerator_s").divide(lit(SECONDS)))
        .orderBy(col("estimated_cost").desc_nulls_last(), col("workload_id"), col("accelerator_model"));
  }

  private static List<PrintedRow> rows(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(PrintedRow::of).toList();
  }

  /**
   * Returns what a receiver may see. The company sees all rows; a team sees the rows that row
   * filters show to it; a cost centre or a project sees the rows about itself.
   */
  public Guardrails of(Receiver receiver) {
    return new Guardrails(
        budgets.stream().filter(row -> isFor(receiver, row)).toList(),
        hours.stream().filter(row -> isHourOf(receiver, row)).toList());
  }

  private static boolean isHourOf(Receiver receiver, PrintedRow hour) {
    return switch (receiver.kind()) {
      case Receiver.COMPANY -> true;
      case Receiver.TEAM -> receiver.id().equals(hour.textOrNull("team_id"));
      case "project" -> receiver.shortId().equals(hour.textOrNull("project_id"));
      default -> false;
    };
  }

  private static boolean isFor(Receiver receiver, PrintedRow budget) {
    return switch (receiver.kind()) {
      case Receiver.COMPANY -> true;
      case Receiver.TEAM -> receiver.id().equals(budget.textOrNull("team_id"));
      default ->
          receiver.kind().equals(budget.text("scope_kind"))
              && Objects.equals(receiver.shortId(), budget.textOrNull("scope_value"));
    };
  }
}
