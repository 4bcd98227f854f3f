package costlake.serve;

import costlake.core.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.PosParameter;
import org.apache.spark.sql.catalyst.analysis.PosParameterizedQuery;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedGenerator;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.analysis.UnresolvedTableValuedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.PlanExpression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.UnresolvedWith;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Lets queries through, judged by their plan and never by their text: as parsed, before anything is
 * looked up, every step must be one of those that a query is made of and every relation a name of
 * {@code reporting}; as analysed, every leaf must be a table of the room.
 */
final class QueryGate {
  private static final Set<String> STEPS =
      Set.of(
          "Aggregate",
          "CTERelationDef",
          "CTERelationRef",
          "Distinct",
          "Except",
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
          "Expand",
          "ResolvedHint",
          "Window",
          "WithCTE",
          "WithWindowDefinition");

  private QueryGate() {}

  /** How many {@code ?} a query has. */
  static int parameters(SparkSession session, String sql) {
    List<Expression> found = new ArrayList<>();
    walk(
        parse(session, sql),
        plan -> {},
        e -> {
          if (e instanceof PosParameter) {
            found.add(e);
          }
        });
    return found.size();
  }

  /**
   * Analyses a query.
   *
   * @param arguments what its {@code ?} stand for, in their order
   * @throws Failure of the operator's family when it is anything but a query of the room's tables
   */
  static Dataset<Row> admit(SparkSession session, String sql, List<Literal> arguments) {
    LogicalPlan parsed = parse(session, sql);
    walk(parsed, QueryGate::refuseStep, QueryGate::refuseExpression);
    Dataset<Row> rows =
        org.apache.spark.sql.classic.Dataset.ofRows(
            (org.apache.spark.sql.classic.SparkSession) session, bound(parsed, arguments));
    walk(
        ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().analyzed(),
        QueryGate::refuseForeign,
        QueryGate::refuseExpression);
    return rows;
  }

  private static LogicalPlan parse(SparkSession session, String sql) {
    SparkSession.setActiveSession(session);
    try {
      return ((org.apache.spark.sql.classic.SparkSession) session)
          .sessionState()
          .sqlParser()
          .parsePlan(sql);
    } catch (ParseException e) {
      throw Failure.operator("Cannot read the query: " + Messages.of(e), e);
    }
  }

  private static LogicalPlan bound(LogicalPlan parsed, List<Literal> arguments) {
    return arguments.isEmpty()
        ? parsed
        : new PosParameterizedQuery(
            parsed, CollectionConverters.asScala(List.<Expression>copyOf(arguments)).toSeq());
  }

  private static void refuseStep(LogicalPlan plan) {
    String step = plan.getClass().getSimpleName();
    if (plan instanceof UnresolvedRelation relation) {
      refuseName(relation);
    } else if (plan instanceof UnresolvedTableValuedFunction function) {
      List<String> name = java(function.name());
      refuseFunction(name, OfferedFunctions::hasTable);
    } else if (step.equals("RelationTimeTravel")) {
      throw Failure.operator("Cannot travel in time: every query sees the last publication, whole");
    } else if (!STEPS.contains(step)) {
      throw Failure.operator(
          "Cannot run this: serve sql takes queries (select, with, values) and nothing else; found "
              + step);
    }
  }

  private static void refuseName(UnresolvedRelation relation) {
    List<String> parts = java(relation.multipartIdentifier());
    List<String> prefix = parts.subList(0, parts.size() - 1);
    boolean ours =
        prefix.isEmpty()
            || equal(prefix, SecuredCatalog.NAMESPACE)
            || equal(prefix, SecuredCatalog.NAME, SecuredCatalog.NAMESPACE);
    if (!ours || relation.isStreaming() || !relation.options().isEmpty()) {
      throw Failure.operator(
          "Cannot read " + String.join(".", parts) + ": only the tables of reporting are offered");
    }
  }

  private static boolean equal(List<String> parts, String... expected) {
    return String.join(".", parts).equalsIgnoreCase(String.join(".", expected))
        && parts.size() == expected.length;
  }

  private static void refuseForeign(LogicalPlan plan) {
    boolean table =
        plan instanceof DataSourceV2Relation relation && relation.table() instanceof SecuredTable;
    if (!table && !STEPS.contains(plan.getClass().getSimpleName())) {
      throw Failure.operator(
          "Cannot run this: only queries of the tables of reporting are offered; found "
              + plan.nodeName());
    }
  }

  private static void refuseExpression(Expression expression) {
    if (expression instanceof UnresolvedFunction function) {
      refuseFunction(java(function.nameParts()), OfferedFunctions::hasValue);
    } else if (expression instanceof UnresolvedGenerator generator) {
      refuseFunction(java(generator.name().nameParts()), OfferedFunctions::hasValue);
    } else if (expression.getClass().getSimpleName().contains("UnresolvedIdentifier")) {
      throw Failure.operator("Cannot run this: identifier() is not offered");
    }
  }

  private static void refuseFunction(List<String> name, Predicate<String> offered) {
    if (name.size() != 1 || !offered.test(name.get(0).toLowerCase(Locale.ROOT))) {
      throw Failure.operator(
          "Cannot run this: the function "
              + String.join(".", name)
              + " is not offered; docs/sql.md lists those that are");
    }
  }

  private interface Visit<T> {
    void of(T node);
  }

  private static void walk(
      LogicalPlan plan, Visit<LogicalPlan> steps, Visit<Expression> expressions) {
    steps.of(plan);
    java(plan.expressions()).forEach(e -> walk(e, steps, expressions));
    java(plan.children()).forEach(child -> walk(child, steps, expressions));
    if (plan instanceof UnresolvedWith with) {
      java(with.cteRelations()).forEach(cte -> walk(cte._2(), steps, expressions));
    }
  }

  private static void walk(
      Expression expression, Visit<LogicalPlan> steps, Visit<Expression> expressions) {
    expressions.of(expression);
    if (expression instanceof PlanExpression<?> query && query.plan() instanceof LogicalPlan plan) {
      walk(plan, steps, expressions);
    }
    java(expression.children()).forEach(child -> walk(child, steps, expressions));
  }

  private static <T> List<T> java(Seq<T> values) {
    return CollectionConverters.asJava(values);
  }
}
