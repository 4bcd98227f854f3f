package costlake.lake;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.plans.logical.Distinct;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import scala.Function1;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Rows that Spark computes while it plans a query: those of a query that only selects, filters or
 * unites rows in memory, or that joins or groups no rows. Such a query needs no execution.
 */
public final class PlannedRows {
  private PlannedRows() {}

  /** Returns the rows of a query, in an execution only if its plan does not have them. */
  public static List<Row> collect(Dataset<Row> rows) {
    return of(rows).map(planned -> rows(rows, planned)).orElseGet(rows::collectAsList);
  }

  /**
   * Returns each row of a query once. A query that selects distinct rows in memory is not executed
   * either: its plan has the rows before it compares them.
   */
  public static List<Row> distinct(Dataset<Row> rows) {
    return of(repeating(rows))
        .map(planned -> rows(rows, planned).stream().distinct().toList())
        .orElseGet(() -> rows.distinct().collectAsList());
  }

  private static Dataset<Row> repeating(Dataset<Row> rows) {
    return org.apache.spark.sql.classic.Dataset.ofRows(
        (org.apache.spark.sql.classic.SparkSession) rows.sparkSession(),
        repeating(rows.queryExecution().analyzed()));
  }

  /** Returns a plan that may repeat rows of the plan, and has no other rows. */
  private static LogicalPlan repeating(LogicalPlan plan) {
    if (plan instanceof Distinct distinct) {
      return repeating(distinct.child());
    }
    return plan instanceof Project
            || plan instanceof Filter
            || plan instanceof SubqueryAlias
            || plan instanceof Union
        ? plan.mapChildren(PlannedRows::repeating)
        : plan;
  }

  private static List<Row> rows(Dataset<Row> of, List<InternalRow> planned) {
    Function1<Object, Object> row = CatalystTypeConverters.createToScalaConverter(of.schema());
    return planned.stream().map(values -> (Row) row.apply(values)).toList();
  }

  /** Returns the rows that the plan of a query has; empty if the query must be executed. */
  static Optional<List<InternalRow>> of(Dataset<Row> rows) {
    return of(rows.queryExecution().optimizedPlan());
  }

  /** Whether a dataset is a relation in memory and nothing else. */
  static boolean isInMemory(Dataset<Row> rows) {
    return rows.queryExecution().analyzed() instanceof LocalRelation;
  }

  private static Optional<List<InternalRow>> of(LogicalPlan plan) {
    if (plan instanceof LocalRelation local) {
      return Optional.of(CollectionConverters.asJava(local.data()));
    }
    return plan instanceof Union union ? ofAll(union) : Optional.empty();
  }

  private static Optional<List<InternalRow>> ofAll(Union union) {
    List<InternalRow> all = new ArrayList<>();
    for (LogicalPlan part : CollectionConverters.asJava(union.children())) {
      Optional<List<InternalRow>> rows = of(part);
      if (rows.isEmpty()) {
        return Optional.empty();
      }
      all.addAll(rows.get());
    }
    return Optional.of(all);
  }
}
