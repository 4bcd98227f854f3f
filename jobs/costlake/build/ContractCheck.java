package costlake.build;

import costlake.config.Origin;
import costlake.core.Failure;
import costlake.core.Message;
import costlake.core.Plural;
import costlake.model.Audit;
import costlake.model.Contract;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.RelationName;
import costlake.model.Resolver;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.optimizer.InlineCTE;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Compares the columns that Spark derives for a model with its contract: number, order, letter case
 * and type of the columns. Runs no query.
 */
public final class ContractCheck {
  /**
   * Names the views of the empty inputs. The names differ from the names of all other views of the
   * session.
   */
  private static final Resolver EMPTY = relation -> "empty__" + relation.view();

  private final SparkSession spark;
  private final Graph graph;
  private final List<String> problems = new ArrayList<>();

  private ContractCheck(SparkSession spark, Graph graph) {
    this.spark = spark;
    this.graph = graph;
  }

  /**
   * Checks all models and audits on empty inputs.
   *
   * @throws Failure with exit code 2 that lists every difference with file and line
   */
  public static void check(SparkSession spark, Graph graph) {
    refuse(problems(spark, graph));
  }

  /**
   * Returns the rows of a model, with the columns of its contract.
   *
   * @throws Failure with exit code 2 if Spark refuses the query or its columns differ from the
   *     contract
   */
  public static Dataset<Row> modelRows(SparkSession spark, Model model, Resolver names) {
    return modelRows(spark, model, names, UnaryOperator.identity());
  }

  /**
   * Returns the same rows by another plan.
   *
   * @param replaced returns a plan with the same rows for the plan of the model
   */
  static Dataset<Row> modelRows(
      SparkSession spark, Model model, Resolver names, UnaryOperator<LogicalPlan> replaced) {
    Dataset<Row> rows = refusing(problems -> modelRows(spark, model, names, problems));
    return inlined(spark, replaced.apply(rows.queryExecution().analyzed()));
  }

  /**
   * Returns the rows of a plan, without common table expressions. The plan of a model contains the
   * common table expressions of all views that the model reads, and Spark copies each of them
   * whenever it checks the plan.
   */
  static Dataset<Row> inlined(SparkSession spark, LogicalPlan plan) {
    return org.apache.spark.sql.classic.Dataset.ofRows(
        (org.apache.spark.sql.classic.SparkSession) spark, new InlineCTE(false, false).apply(plan));
  }

  /**
   * Returns the rows of the query {@code affected} of a model. Each row has one date.
   *
   * @throws Failure with exit code 2 if Spark refuses the query or it does not return one date
   */
  static Dataset<Row> affected(
      SparkSession spark, Model model, Resolver names, Collection<LocalDate> days) {
    String sql = model.renderAffected(names, days);
    return refusing(problems -> days(spark, model, "affected", sql, problems));
  }

  /**
   * Returns the rows of the query {@code needed} of a model. Each row has one date.
   *
   * @throws Failure with exit code 2 if Spark refuses the query or it does not return one date
   */
  static Dataset<Row> needed(
      SparkSession spark, Model model, Resolver names, Collection<LocalDate> partitions) {
    String sql = model.renderNeeded(names, partitions);
    return refusing(problems -> days(spark, model, "needed", sql, problems));
  }

  /**
   * Returns the rows of an audit.
   *
   * @throws Failure with exit code 2 if Spark refuses the query
   */
  public static Dataset<Row> auditRows(SparkSession spark, Audit audit, Resolver names) {
    return refusing(problems -> auditRows(spark, audit, names, problems));
  }

  private static Dataset<Row> refusing(Function<List<String>, Optional<Dataset<Row>>> analysis) {
    List<String> problems = new ArrayList<>();
    Optional<Dataset<Row>> rows = analysis.apply(problems);
    refuse(problems);
    return rows.orElseThrow();
  }

  private static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw Failure.operator(
          "Cannot compile the models, %s:\n  %s",
          Plural.of(problems.size(), "problem", "problems"), String.join("\n  ", problems));
    }
  }

  /**
   * Returns a message for each difference and for each query that Spark refuses, with file and
   * line.
   */
  static List<String> problems(SparkSession spark, Graph graph) {
    ContractCheck check = new ContractCheck(spark, graph);
    check.bind();
    graph.order().forEach(check::model);
    graph.audits().forEach(check::audit);
    return check.problems;
  }

  private void bind() {
    Set<RelationName> relations = new TreeSet<>(graph.inputsRead());
    graph.order().forEach(m -> relations.add(m.name()));
    for (RelationName relation : relations) {
      spark
          .createDataFrame(List.of(), TypedRows.schema(graph.columns(relation)))
          .createOrReplaceTempView(EMPTY.name(relation));
    }
  }

  private void model(Model model) {
    modelRows(spark, model, EMPTY, problems);
    if (model.affected() != null) {
      String sql = model.renderAffected(EMPTY, List.of(LocalDate.EPOCH));
      days(spark, model, "affected", sql, problems);
    }
    if (model.needed() != null) {
      String sql = model.renderNeeded(EMPTY, List.of(LocalDate.EPOCH));
      days(spark, model, "needed", sql, problems);
    }
  }

  private void audit(Audit audit) {
    auditRows(spark, audit, EMPTY, problems);
  }

  private static Optional<Dataset<Row>> modelRows(
      SparkSession spark, Model model, Resolver names, List<String> problems) {
    Optional<Dataset<Row>> rows =
        analysed(spark, subject(model), model.render(names), model.template()::place, problems);
    rows.ifPresent(found -> compare(model, found.schema(), problems));
    return rows;
  }

  private static Optional<Dataset<Row>> days(
      SparkSession spark, Model model, String key, String sql, List<String> problems) {
    Origin origin = Origin.top(model.contract().origin().file() + "#" + key);
    Optional<Dataset<Row>> rows = analysed(spark, subject(model), sql, origin::at, problems);
    rows.map(found -> found.schema().simpleString())
        .filter(schema -> !schema.matches("struct<\\w+:date>"))
        .ifPresent(
            schema ->
                problems.add(
                    Message.of(
                        "%s'%s' must give one date, not %s (%s)",
                        subject(model), key, schema, model.contract().origin())));
    return rows;
  }

  private static Optional<Dataset<Row>> auditRows(
      SparkSession spark, Audit audit, Resolver names, List<String> problems) {
    return analysed(
        spark,
        "Cannot run audit " + audit.name() + ": ",
        audit.render(names),
        audit.origin()::at,
        problems);
  }

  /** Returns the rows of a query. If Spark refuses the query, adds a problem and returns empty. */
  private static Optional<Dataset<Row>> analysed(
      SparkSession spark,
      String subject,
      String sql,
      IntFunction<Origin> places,
      List<String> problems) {
    try {
      return Optional.of(spark.sql(sql));
    } catch (Exception e) {
      if (!(e instanceof AnalysisException analysis)) {
        throw e instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(e);
      }
      int line = analysis.line().isDefined() ? ((Number) analysis.line().get()).intValue() : 1;
      String what = analysis.getSimpleMessage().strip().split("\\R", 2)[0];
      problems.add(subject + what + " (" + places.apply(line) + ")");
      return Optional.empty();
    }
  }

  private static String subject(Model model) {
    return "Cannot build " + model.name() + ": ";
  }

  private static void compare(Model model, StructType selected, List<String> problems) {
    String subject = subject(model);
    Contract contract = model.contract();
    List<Contract.Column> columns = contract.columns();
    if (columns.size() != selected.length()) {
      problems.add(
          Message.of(
              "%sit selects %s columns, but the contract has %s%s (%s)",
              subject,
              selected.length(),
              columns.size(),
              extra(contract, selected),
              contract.origin()));
      return;
    }
    for (int i = 0; i < columns.size(); i++) {
      Contract.Column column = columns.get(i);
      StructField field = selected.apply(i);
      if (!field.name().equals(column.name())) {
        String kind =
            field.name().equalsIgnoreCase(column.name())
                ? "; the letter case differs"
                : contract.columnNames().contains(field.name()) ? "; the order differs" : "";
        problems.add(
            Message.of(
                "%scolumn %s is '%s', but the contract has '%s'%s (%s)",
                subject, i + 1, field.name(), column.name(), kind, column.origin()));
      } else if (!DataType.equalsIgnoreNullability(
          field.dataType(), DataType.fromDDL(column.type()))) {
        problems.add(
            Message.of(
                "%scolumn '%s' is %s, but the contract has %s (%s)",
                subject,
                column.name(),
                field.dataType().simpleString(),
                column.type(),
                column.origin()));
      }
    }
  }

  private static String extra(Contract contract, StructType selected) {
    List<String> names = List.of(selected.fieldNames());
    List<String> missing = new ArrayList<>(contract.columnNames());
    missing.removeAll(names);
    List<String> surplus = new ArrayList<>(names);
    surplus.removeAll(contract.columnNames());
    return (missing.isEmpty() ? "" : "; missing " + String.join(", ", missing))
        + (surplus.isEmpty() ? "" : "; not in the contract " + String.join(", ", surplus));
  }
}
