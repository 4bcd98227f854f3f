package costlake.report;

import static org.apache.spark.sql.functions.col;

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
 */
public record Guardrails(List<PrintedRow> budgets) {
  private static final String BUDGETS = "governance.budget_status";

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
        tables
            .apply(BUDGETS)
            .where(days)
            .orderBy(col("share_used").desc_nulls_last(), col("budget_id"))
            .collectAsList()
            .stream()
            .map(PrintedRow::of)
            .toList());
  }

  /**
   * Returns what a receiver may see. The company sees all rows; a team sees the rows that row
   * filters show to it; a cost centre or a project sees the rows about itself.
   */
  public Guardrails of(Receiver receiver) {
    return new Guardrails(budgets.stream().filter(row -> isFor(receiver, row)).toList());
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
