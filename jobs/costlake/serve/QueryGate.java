package costlake.serve;

import costlake.core.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.execution.datasources.v2.DataSourceV2Relation;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Admits queries by their plan, never by their text. First checks the parsed plan, in which no name
 * is resolved: every node must be on the list of allowed nodes, and every relation must be a table
 * that is offered. Then checks the analysed plan: every leaf must be a table of the session.
 */
final class QueryGate {
  private QueryGate() {}

  /** Counts the {@code ?} in a query. */
  static int parameters(SparkSession session, String sql) {
    List<Expression> found = new ArrayList<>();
    LogicalPlans.walk(
        LogicalPlans.parse(session, sql),
        plan -> {},
        e -> {
          if (e instanceof PosParameter) {
            found.add(e);
          }
        });
    return found.size();
  }

  /**
   * Checks and analyses a query.
   *
   * @param arguments values for the {@code ?} of the query, in their order
   * @throws Failure with exit code 2 if the query reads anything but the tables of the session, or
   *     does more than read
   */
  static Dataset<Row> admit(SparkSession session, String sql, List<Literal> arguments) {
    LogicalPlan parsed = LogicalPlans.parse(session, sql);
    LogicalPlans.walk(parsed, QueryGate::refuseStep, QueryGate::refuseExpression);
    Dataset<Row> rows =
        org.apache.spark.sql.classic.Dataset.ofRows(
            LogicalPlans.classic(session), bound(parsed, arguments));
    LogicalPlans.walk(
        ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution().analyzed(),
        QueryGate::refuseOtherTables,
        QueryGate::refuseExpression);
    return rows;
  }

  private static LogicalPlan bound(LogicalPlan parsed, List<Literal> arguments) {
    return arguments.isEmpty()
        ? parsed
        : new PosParameterizedQuery(
            parsed, CollectionConverters.asScala(List.<Expression>copyOf(arguments)).toSeq());
  }

  private static void refuseStep(LogicalPlan plan) {
    if (plan instanceof UnresolvedRelation relation) {
      refuseName(relation);
    } else if (plan instanceof UnresolvedTableValuedFunction function) {
      List<String> name = LogicalPlans.toJava(function.name());
      refuseFunction(name, OfferedFunctions::isTableFunction);
    } else if (plan.getClass().getSimpleName().equals("RelationTimeTravel")) {
      throw Failure.operator(
          """
          Cannot query an earlier version: every query reads the last publication. Leave out
          'version as of' and 'timestamp as of'
          """);
    } else if (!LogicalPlans.isQueryStep(plan)) {
      throw Failure.operator(
          "Cannot run this statement: serve sql runs only queries (select, with, values)");
    }
  }

  private static void refuseName(UnresolvedRelation relation) {
    List<String> parts = LogicalPlans.toJava(relation.multipartIdentifier());
    List<String> prefix = parts.subList(0, parts.size() - 1);
    if (!isOffered(prefix) || relation.isStreaming() || !relation.options().isEmpty()) {
      throw Failure.operator(
          "Cannot read %s: only the tables of reporting and governance are available",
          String.join(".", parts));
    }
  }

  private static boolean isOffered(List<String> prefix) {
    return prefix.isEmpty()
        || SecuredCatalog.NAMESPACES.stream()
            .anyMatch(
                namespace ->
                    equal(prefix, namespace) || equal(prefix, SecuredCatalog.NAME, namespace));
  }

  private static boolean equal(List<String> parts, String... expected) {
    return String.join(".", parts).equalsIgnoreCase(String.join(".", expected))
        && parts.size() == expected.length;
  }

  private static void refuseOtherTables(LogicalPlan plan) {
    boolean table =
        plan instanceof DataSourceV2Relation relation && relation.table() instanceof SecuredTable;
    if (!table && !LogicalPlans.isQueryStep(plan)) {
      throw Failure.operator(
          "Cannot run this query: only the tables of reporting and governance are available");
    }
  }

  private static void refuseExpression(Expression expression) {
    if (expression instanceof UnresolvedFunction function) {
      refuseFunction(LogicalPlans.toJava(function.nameParts()), OfferedFunctions::isValueFunction);
    } else if (expression instanceof UnresolvedGenerator generator) {
      refuseFunction(
          LogicalPlans.toJava(generator.name().nameParts()), OfferedFunctions::isValueFunction);
    } else if (expression.getClass().getSimpleName().contains("UnresolvedIdentifier")) {
      throw Failure.operator("Cannot run this query: identifier() is not available");
    }
  }

  private static void refuseFunction(List<String> name, Predicate<String> offered) {
    if (name.size() != 1 || !offered.test(name.get(0).toLowerCase(Locale.ROOT))) {
      throw Failure.operator(
          """
          Cannot run this query: the function %s is not available. docs/sql.md lists the available
          functions
          """,
          String.join(".", name));
    }
  }
}
