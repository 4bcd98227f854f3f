package costlake.explain;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Explains the total of a statement: by its lines of kinds of cost. */
final class StatementSteps {
  private static final String LINES = "reporting.statement_lines";

  private StatementSteps() {}

  /**
   * Returns the explanation of a statement; empty if there is none.
   *
   * @param statement selects the statement by month, receiver and currency
   */
  static Optional<ExplanationStep> tree(SparkSession spark, Column statement) {
    return spark
        .table(Explain.TOTALS)
        .where(statement)
        .selectExpr(
            "concat_ws('/', date_format(billing_month, 'yyyy-MM'), receiver_id, billing_currency) as id",
            "billing_currency",
            "total_cost as cost",
            "total_shown as shown")
        .collectAsList()
        .stream()
        .findFirst()
        .map(
            total ->
                step("total of statement " + total.getAs("id"), total, lines(spark, statement)));
  }

  private static List<ExplanationStep> lines(SparkSession spark, Column statement) {
    return spark
        .table(LINES)
        .where(statement.and(col("breakdown").equalTo("bridge")))
        .orderBy("position")
        .selectExpr(
            "concat(name, ': see ', line_id) as label",
            "billing_currency",
            "effective_cost as cost",
            "cost_shown as shown")
        .collectAsList()
        .stream()
        .map(line -> step(line.getAs("label"), line, List.of()))
        .toList();
  }

  private static ExplanationStep step(String label, Row row, List<ExplanationStep> parts) {
    return new ExplanationStep(
        label, row.getAs("cost"), row.getAs("shown"), row.getAs("billing_currency"), parts);
  }
}
