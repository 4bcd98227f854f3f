package costlake.explain;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.trunc;

import costlake.report.LineExplanation;
import costlake.report.Statement.Receiver;
import costlake.report.StatementPages;
import costlake.report.StatementPages.PageTable;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines that statements print and what they sum, as the files of the pages say. Leaves
 * out the lines that say why a total changed.
 */
final class PrintedLines {
  static final String ALLOCATED = "allocation.allocated_charges";

  /** Selects the statements whose lines are explained by charges, not by lines of teams. */
  static final Column EXPLAINED_BY_CHARGES =
      col("receiver_kind").isin(Receiver.OF_CHARGES.toArray());

  /** Relation with the allocated charges of the months of the explained lines. */
  private static final String CHARGES = "charges";

  /**
   * Relation with these charges for each receiver that they are explained to ({@code receiver_id}):
   * the team, and the project if there is one.
   */
  private static final String RECEIVED_CHARGES = "received_charges";

  /**
   * Relation with these charges for each receiver, split by what used them: with the columns {@code
   * use_kind}, {@code run_id}, {@code attempt} and {@code endpoint_id} of {@code
   * economics.use_costs}. The parts of a charge are in proportion to what uses bear of the charges
   * that {@code economics.use_costs} sums; the parts of a use add up to its cost exactly, because
   * each is the difference of two rounded sums.
   */
  private static final String USED_CHARGES = "used_charges";

  private static final String USE_COSTS = "economics.use_costs";

  private static final String SPLIT_BY_USE =
      """
      with uses as (
          select usage_date, billing_month, workload_id, resource_id, team_id, project_id, environment, service_category,
              cost_kind, billing_currency, use_kind, run_id, attempt, endpoint_id, sum(effective_cost) as cost
          from economics.use_costs
          group by all
      ),
      named as (select distinct usage_date, resource_id from economics.use_costs where resource_id is not null),
      keyed as (
          select charges.*, named.resource_id as use_resource_id,
              struct(x_AllocationDate, x_BillingMonth, x_WorkloadId, named.resource_id, x_TeamId, x_ProjectId, x_Environment,
                  ServiceCategory, x_CostKind, BillingCurrency) as alike
          from charges
          left join named on named.usage_date = x_AllocationDate and named.resource_id = ResourceId
      ),
      summed as (
          select *, sum(EffectiveCost) over (
                  partition by alike order by x_AllocationId rows between unbounded preceding and current row
              ) as upto,
              sum(EffectiveCost) over (partition by alike) as whole
          from keyed
      )
      select summed.* except (EffectiveCost, alike, upto, whole), uses.use_kind, uses.run_id, uses.attempt, uses.endpoint_id,
          explode(array(x_TeamId, concat('project.', x_ProjectId))) as receiver_id,
          coalesce(less(in_proportion(cost, upto, whole), in_proportion(cost, less(upto, EffectiveCost), whole)), 0) as EffectiveCost
      from summed
      join uses on uses.usage_date = x_AllocationDate and uses.billing_month = x_BillingMonth and uses.workload_id <=> x_WorkloadId
          and uses.resource_id <=> use_resource_id and uses.team_id <=> x_TeamId and uses.project_id <=> x_ProjectId
          and uses.environment <=> x_Environment and uses.service_category <=> ServiceCategory and uses.cost_kind = x_CostKind
          and uses.billing_currency <=> BillingCurrency""";

  /** Column of parts that are lines of other statements: the figure that is printed there. */
  private static final String SHOWN_PART = "shown";

  private static final Pattern QUALIFIED = Pattern.compile("\\b\\w+\\.\\w+\\b");

  private final Map<String, PageTable> tables;

  PrintedLines(StatementPages pages) {
    this.tables = new TreeMap<>();
    pages
        .tables()
        .forEach(
            (name, table) -> {
              if (table.explain() != null && table.explain().isQuery()) {
                tables.put(name, table);
              }
            });
  }

  /**
   * Returns the names with a dot in the queries of the pages. All tables of the lake that the
   * queries read are among them. The others are columns with an alias, such as {@code l.line_id}.
   */
  Set<String> names() {
    return Stream.concat(
            splitsByUse() ? Stream.of(USE_COSTS) : Stream.of(),
            tables.values().stream()
                .flatMap(table -> Stream.concat(Stream.of(table.relation()), queries(table))))
        .flatMap(text -> QUALIFIED.matcher(text).results())
        .map(name -> name.group().toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean splitsByUse() {
    return tables.values().stream()
        .flatMap(PrintedLines::queries)
        .anyMatch(query -> query.contains(USED_CHARGES));
  }

  private static Stream<String> queries(PageTable table) {
    LineExplanation explain = explanation(table);
    return Stream.of(explain.charges(), explain.parts()).filter(Objects::nonNull);
  }

  /** Returns the lines that a query explains by charges or parts. Grain: one row for each line. */
  Dataset<Row> explainedByQuery(SparkSession spark) {
    return spark
        .sql(lines(table -> true))
        .where(EXPLAINED_BY_CHARGES.or(col("kind").isin(explainedForAll())));
  }

  /** Returns the names of the tables whose query explains the lines of all receivers. */
  private Object[] explainedForAll() {
    return tables.entrySet().stream()
        .filter(table -> explanation(table.getValue()).explainsAll())
        .map(Map.Entry::getKey)
        .toArray();
  }

  /**
   * Returns the lines in the statements of cost centres and the company that the lines of teams
   * explain. Grain: one row for each line.
   */
  Dataset<Row> ofGroups(SparkSession spark) {
    return spark
        .sql(lines(table -> explanation(table).groups() == LineExplanation.Groups.LINES))
        .where(not(EXPLAINED_BY_CHARGES));
  }

  private String lines(Function<PageTable, Boolean> chosen) {
    return tables.entrySet().stream()
        .filter(table -> chosen.apply(table.getValue()))
        .map(table -> lines(table.getKey(), table.getValue()))
        .collect(Collectors.joining("\nunion all\n"));
  }

  private static String lines(String kind, PageTable table) {
    LineExplanation explain = explanation(table);
    return """
        select line_id, '%s' as kind, billing_month, receiver_kind, receiver_id, team_id, billing_currency,
            %s as subject, cast(%s as decimal(38, 21)) as cost, cast(%s as decimal(38, 2)) as shown, %s as label
        from %s"""
        .formatted(
            kind,
            explain.subject(),
            explain.cost(),
            explain.shown(),
            explain.label(),
            table.relation());
  }

  /**
   * Finds the charges of some lines. Grain: one row for each line and allocated charge.
   *
   * @param lines selects the lines by {@code line_id}
   * @param months months of these lines, each as its first day
   */
  Dataset<Row> charges(SparkSession spark, Column lines, Object... months) {
    Dataset<Row> charges =
        spark
            .table(ALLOCATED)
            .where(
                col("x_BillingMonth")
                    .isin(months)
                    .or(trunc(col("x_AllocationDate"), "month").isin(months)));
    charges.createOrReplaceTempView(CHARGES);
    charges
        .withColumn(
            "receiver_id",
            explode(array(col("x_TeamId"), concat(lit("project."), col("x_ProjectId")))))
        .createOrReplaceTempView(RECEIVED_CHARGES);
    if (splitsByUse()) {
      // Several lines read it in one query. Spark fails if that repeats a plan with its subqueries,
      // so each of them gets a plan of its own from the text.
      spark.sql("create or replace temporary view " + USED_CHARGES + " as " + SPLIT_BY_USE);
    }
    return union(spark, lines, LineExplanation::charges, ChargeSteps.COLUMNS).orElseThrow();
  }

  /**
   * Finds the parts of some lines that are not charges. Columns: {@code line_id}, {@code position},
   * {@code label}, {@code cost}, {@code shown}. Empty if no page has such lines.
   */
  Optional<Dataset<Row>> parts(SparkSession spark, Column lines) {
    return union(
        spark,
        lines,
        LineExplanation::parts,
        List.of("line_id", "position", "label", "cost", SHOWN_PART));
  }

  private Optional<Dataset<Row>> union(
      SparkSession spark,
      Column lines,
      Function<LineExplanation, @Nullable String> query,
      List<String> columns) {
    return tables.values().stream()
        .map(PrintedLines::explanation)
        .flatMap(explain -> Stream.ofNullable(query.apply(explain)))
        .map(spark::sql)
        .map(found -> found.select(selected(found, columns)).where(lines))
        .reduce(Dataset::union);
  }

  /** Selects columns, of which only that of parts that are printed lines may be absent. */
  private static Column[] selected(Dataset<Row> found, List<String> columns) {
    List<String> present = List.of(found.columns());
    return columns.stream()
        .map(
            name ->
                name.equals(SHOWN_PART) && !present.contains(name)
                    ? lit(null).cast("decimal(38,2)").as(name)
                    : col(name))
        .toArray(Column[]::new);
  }

  private static LineExplanation explanation(PageTable table) {
    return Objects.requireNonNull(table.explain());
  }
}
