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
   * Relation with the rows of the ledger of these months, once for each receiver. It also has the
   * columns of {@link ChargeSteps#COLUMNS}.
   */
  private static final String USED_CHARGES = "used_charges";

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
            splitsByUse() ? Stream.of(UsedCharges.TABLE) : Stream.of(),
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
        spark.table(ALLOCATED).where(isOf(months, "x_BillingMonth", "x_AllocationDate"));
    charges.createOrReplaceTempView(CHARGES);
    ofReceivers(charges, "x_TeamId", "x_ProjectId").createOrReplaceTempView(RECEIVED_CHARGES);
    if (splitsByUse()) {
      Dataset<Row> used =
          spark.table(UsedCharges.TABLE).where(isOf(months, "billing_month", "usage_date"));
      ofReceivers(used.selectExpr(UsedCharges.grouped("*", "cost_kind")), "team_id", "project_id")
          .createOrReplaceTempView(USED_CHARGES);
    }
    return union(spark, lines, LineExplanation::charges, ChargeSteps.COLUMNS).orElseThrow();
  }

  private static Column isOf(Object[] months, String billingMonth, String day) {
    return col(billingMonth).isin(months).or(trunc(col(day), "month").isin(months));
  }

  private static Dataset<Row> ofReceivers(Dataset<Row> charges, String team, String project) {
    return charges.withColumn(
        "receiver_id", explode(array(col(team), concat(lit("project."), col(project)))));
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
