package costlake.serve;

import costlake.core.Failure;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.command.ExplainCommand;

/**
 * A statement that only reads: a query, {@code show}, {@code describe} or {@code explain}. It is
 * recognised by its parsed plan, because the first word is not enough: {@code with} can also begin
 * an insert. {@link #rows} runs the same plan.
 */
public final class ReadStatement {
  private final SparkSession session;
  private final LogicalPlan plan;

  private ReadStatement(SparkSession session, LogicalPlan plan) {
    this.session = session;
    this.plan = plan;
  }

  /**
   * Parses a statement.
   *
   * @throws Failure with exit code 2 if the text is not SQL, or the statement does more than read
   */
  public static ReadStatement of(SparkSession session, String sql) {
    LogicalPlan plan = LogicalPlans.parse(session, sql);
    refuseOthers(plan);
    return new ReadStatement(session, plan);
  }

  /**
   * Whether the statement describes tables or plans ({@code show}, {@code describe}, {@code
   * explain}) instead of reading rows.
   */
  public boolean isAboutTables() {
    return plan instanceof ExplainCommand || describes(plan);
  }

  /**
   * Returns the rows. Spark throws an {@code AnalysisException} if a table or column does not
   * exist.
   */
  public Dataset<Row> rows() {
    return org.apache.spark.sql.classic.Dataset.ofRows(LogicalPlans.classic(session), plan);
  }

  private static void refuseOthers(LogicalPlan plan) {
    if (plan instanceof ExplainCommand explain) {
      refuseOthers(explain.logicalPlan());
    } else if (!describes(plan)) {
      LogicalPlans.walk(plan, ReadStatement::refuseOther, expression -> {});
    }
  }

  private static void refuseOther(LogicalPlan step) {
    if (!LogicalPlans.isQueryStep(step)
        && !step.getClass().getSimpleName().equals("RelationTimeTravel")) {
      throw Failure.operator(
          """
          Cannot run this statement: costlake sql only reads. Use select, with, values, show,
          describe or explain
          """);
    }
  }

  private static boolean describes(LogicalPlan plan) {
    String kind = plan.getClass().getSimpleName();
    return kind.startsWith("Show") || kind.startsWith("Describe");
  }
}
