package costlake.serve;

import costlake.core.Failure;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.UnresolvedStarExceptOrReplace;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.catalyst.plans.logical.WithWindowDefinition;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Parses SQL into logical plans, and visits every node of a plan and of its subqueries. */
final class LogicalPlans {
  /** Plan nodes that a query may have. A plan with any other node does more than read rows. */
  private static final Set<String> QUERY_STEPS =
      Set.of(
          "Aggregate",
          "CTERelationDef",
          "CTERelationRef",
          "Distinct",
          "Except",
          "Expand",
          "Filter",
          "Generate",
          "GlobalLimit",
          "Intersect",
          "Join",
          "LateralJoin",
          "LimitAll",
          "LocalLimit",
          "LocalRelation",
          "Offset",
          "OneRowRelation",
          "Pivot",
          "Project",
          "Range",
          "RepartitionByExpression",
          "ResolvedHint",
          "Sample",
          "Sort",
          "SubqueryAlias",
          "Union",
          "UnionLoop",
          "UnionLoopRef",
          "Unpivot",
          "UnresolvedHaving",
          "UnresolvedHint",
          "UnresolvedInlineTable",
          "UnresolvedRelation",
          "UnresolvedSubqueryColumnAliases",
          "UnresolvedTVFAliases",
          "UnresolvedTableValuedFunction",
          "UnresolvedWith",
          "Window",
          "WithCTE",
          "WithWindowDefinition");

  private LogicalPlans() {}

  /**
   * Parses one statement without resolving its names.
   *
   * @throws Failure with exit code 2 if the text is not SQL
   */
  static LogicalPlan parse(SparkSession session, String sql) {
    SparkSession.setActiveSession(session);
    try {
      return classic(session).sessionState().sqlParser().parsePlan(sql);
    } catch (ParseException e) {
      throw Failure.operator(e, "Cannot read the query: %s", ClientErrors.of(e));
    }
  }

  static boolean isQueryStep(LogicalPlan plan) {
    return QUERY_STEPS.contains(plan.getClass().getSimpleName());
  }

  /**
   * Visits every plan node and every expression, including the nodes and expressions in subqueries,
   * in the clauses {@code with} and {@code window}, and in the step {@code |> set}.
   */
  static void walk(
      LogicalPlan plan, Consumer<LogicalPlan> steps, Consumer<Expression> expressions) {
    steps.accept(plan);
    toJava(plan.expressions()).forEach(e -> walk(e, steps, expressions));
    toJava(plan.children()).forEach(child -> walk(child, steps, expressions));
    if (plan instanceof UnresolvedWith with) {
      toJava(with.cteRelations()).forEach(cte -> walk(cte._2(), steps, expressions));
    }
    if (plan instanceof WithWindowDefinition windows) {
      CollectionConverters.asJava(windows.windowDefinitions())
          .values()
          .forEach(window -> walk(window, steps, expressions));
    }
  }

  private static void walk(
      Expression expression, Consumer<LogicalPlan> steps, Consumer<Expression> expressions) {
    expressions.accept(expression);
    if (expression instanceof PlanExpression<?> query && query.plan() instanceof LogicalPlan plan) {
      walk(plan, steps, expressions);
    }
    if (expression instanceof UnresolvedStarExceptOrReplace star
        && star.replacements().isDefined()) {
      toJava(star.replacements().get()).forEach(one -> walk((Expression) one, steps, expressions));
    }
    toJava(expression.children()).forEach(child -> walk(child, steps, expressions));
  }

  static <T> List<T> toJava(Seq<T> values) {
    return CollectionConverters.asJava(values);
  }

  static org.apache.spark.sql.classic.SparkSession classic(SparkSession session) {
    return (org.apache.spark.sql.classic.SparkSession) session;
  }
}
