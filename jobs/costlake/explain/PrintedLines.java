package costlake.explain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import costlake.page.LineCharges;
import costlake.page.LineExplanation;
import costlake.page.LineExplanation.Rows;
import costlake.page.PageTable;
import costlake.report.Statement.Receiver;
import costlake.report.StatementPages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines that statements print and what they sum, as the files of the pages say. Leaves
 * out events, which have only the charges that they compare.
 */
final class PrintedLines {
  static final String ALLOCATED = "allocation.allocated_charges";

  /** Selects the statements whose lines are explained by charges, not by lines of teams. */
  static final Column EXPLAINED_BY_CHARGES =
      col("receiver_kind").isin(Receiver.OF_CHARGES.toArray());

  private final Map<String, PageTable> tables = new TreeMap<>();
  private final List<LineCharges> charges = new ArrayList<>();
  private @Nullable LineCharges ofEvents;

  PrintedLines(StatementPages pages) {
    pages.tables().forEach(this::add);
  }

  private void add(String name, PageTable table) {
    LineExplanation explain = table.explain();
    if (explain == null) {
      return;
    }
    if (explain.isSum()) {
      tables.put(name, table);
    } else {
      ofEvents = explain.charges();
    }
    if (explain.charges() != null) {
      charges.add(explain.charges());
    }
  }

  /** Returns the charges that events compare. */
  LineCharges ofEvents() {
    return Objects.requireNonNull(ofEvents, "charges of events");
  }

  /** Returns the names of all tables that explanations of these lines read. */
  Set<String> names() {
    Stream<String> summed =
        tables.values().stream()
            .flatMap(
                table ->
                    explanation(table).rows().stream()
                        .flatMap(rows -> LineQuery.relations(table, rows)));
    return Stream.concat(summed, charges.stream().map(each -> each.sums().of()))
        .map(name -> name.toLowerCase(Locale.ROOT))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Returns the lines that the rows of their sums explain. Grain: one row for each line. */
  Dataset<Row> explainedBySums(SparkSession spark) {
    return spark
        .sql(lines(table -> true))
        .where(EXPLAINED_BY_CHARGES.or(col("kind").isin(explainedForAll())));
  }

  /** Returns the names of the tables whose rows explain the lines of all receivers. */
  private Object[] explainedForAll() {
    return tables.entrySet().stream()
        .filter(table -> explanation(table.getValue()).explainsGroups())
        .map(Map.Entry::getKey)
        .toArray();
  }

  /**
   * Returns the lines in the statements of cost centres and the company that the lines of teams
   * explain. Grain: one row for each line.
   */
  Dataset<Row> ofGroups(SparkSession spark) {
    return spark
        .sql(lines(table -> !explanation(table).explainsGroups()))
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
   * Finds the charges of some lines. Grain: one row for each line and part of an allocated charge.
   * Empty if none of the lines has charges.
   *
   * @param lines rows of {@link #explainedBySums}
   */
  Optional<Dataset<Row>> charges(SparkSession spark, List<Row> lines) {
    return found(spark, lines, rows -> rows.steps() == null, LineQuery::charges);
  }

  /**
   * Finds the steps of some lines that are not charges. Columns: {@code line_id}, {@code position},
   * {@code label}, {@code cost}, {@code shown}. Empty if none of the lines has such steps.
   */
  Optional<Dataset<Row>> steps(SparkSession spark, List<Row> lines) {
    return found(spark, lines, rows -> rows.steps() != null, LineQuery::steps);
  }

  /**
   * Finds the charges that steps of some lines compare.
   *
   * @param lines rows of {@link #explainedBySums}
   */
  List<ComparedCharges> compared(SparkSession spark, List<Row> lines) {
    return summed(lines).entrySet().stream()
        .filter(each -> explanation(each.getKey().table()).charges() != null)
        .map(
            each -> {
              Summed summed = each.getKey();
              LineCharges declared =
                  Objects.requireNonNull(explanation(summed.table()).charges(), "charges");
              LineQuery query = query(spark, summed, lines);
              Dataset<Row> steps =
                  spark.sql(query.compared(declared)).where(isOneOf(each.getValue()));
              return ComparedCharges.of(spark, declared, steps);
            })
        .toList();
  }

  /**
   * Returns the lines of some statements whose figure is not the sum of their rows: {@code
   * line_id}, {@code figure}, {@code sum_of_rows}. Leaves out tables whose lines have more than
   * these rows.
   */
  List<Row> wrong(SparkSession spark, Dataset<Row> statements) {
    String months = LineQuery.register(spark, statements.collectAsList(), statements.schema());
    return months.isEmpty()
        ? List.of()
        : tables.values().stream()
            .filter(table -> explanation(table).others() == null)
            .flatMap(table -> wrong(spark, table, months))
            .toList();
  }

  private static Stream<Row> wrong(SparkSession spark, PageTable table, String months) {
    LineExplanation explanation = explanation(table);
    return Stream.ofNullable(explanation.cost())
        .flatMap(
            figure ->
                explanation.rows().stream()
                    .map(rows -> new LineQuery(spark, table, rows, months).wrong(figure)))
        .flatMap(query -> spark.sql(query).collectAsList().stream());
  }

  /** Says what the figure of a line has beyond the rows that it sums. */
  Optional<String> others(Row line) {
    return Optional.ofNullable(explanation(table(line.getAs("kind"))).others());
  }

  private PageTable table(String kind) {
    return Objects.requireNonNull(tables.get(kind), kind);
  }

  private Optional<Dataset<Row>> found(
      SparkSession spark,
      List<Row> lines,
      Predicate<Rows> which,
      Function<LineQuery, String> query) {
    return summed(lines).entrySet().stream()
        .filter(each -> which.test(each.getKey().rows()))
        .map(
            each ->
                spark
                    .sql(query.apply(query(spark, each.getKey(), lines)))
                    .where(isOneOf(each.getValue())))
        .reduce(Dataset::unionByName);
  }

  private static LineQuery query(SparkSession spark, Summed summed, List<Row> lines) {
    String months = LineQuery.register(spark, lines, lines.get(0).schema());
    return new LineQuery(spark, summed.table(), summed.rows(), months);
  }

  private Map<Summed, List<Row>> summed(List<Row> lines) {
    return lines.stream()
        .collect(Collectors.groupingBy(this::summed, LinkedHashMap::new, Collectors.toList()));
  }

  private static Column isOneOf(List<Row> lines) {
    return col("line_id").isin(lines.stream().map(line -> line.getAs("line_id")).toArray());
  }

  /** Lines that sum these rows. */
  private record Summed(PageTable table, Rows rows) {}

  private Summed summed(Row line) {
    PageTable table = table(line.getAs("kind"));
    boolean isOfGroup = !Receiver.OF_CHARGES.contains(line.<String>getAs("receiver_kind"));
    return new Summed(table, explanation(table).rows(isOfGroup));
  }

  private static LineExplanation explanation(PageTable table) {
    return Objects.requireNonNull(table.explain());
  }
}
