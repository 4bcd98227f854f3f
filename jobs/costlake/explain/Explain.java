package costlake.explain;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import costlake.core.Failure;
import costlake.report.ReportingVersion;
import costlake.report.StatementPages;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;

/**
 * Explains the figure of a printed line, an allocation or a charge, given its id: splits the figure
 * into charges and finds their delivered rows.
 */
public final class Explain {
  static final String TOTALS = "reporting.statements";
  private static final Set<String> TABLES =
      Set.of(PrintedLines.ALLOCATED, ChargeSteps.CHARGES, TOTALS, EventLines.TABLE);
  static final String CORRECTED =
      "corrections: later changes to charges of closed months, stated in the month that was open";

  private static final int STATEMENT_NAMES = 3;
  private static final int LINE_NAMES = 4;
  private static final String OTHER_LINES =
      "lines of teams about this that have other names, or sum several";

  private final SparkSession spark;
  private final PrintedLines printed;
  private final ChargeSteps charges;

  Explain(SparkSession spark, PrintedLines printed) {
    this.spark = spark;
    this.printed = printed;
    this.charges = ChargeSteps.plain(spark);
  }

  private static Explain of(SparkSession spark) {
    ReportingVersion.require(spark.table(TOTALS));
    Labels.register(spark);
    return new Explain(spark, new PrintedLines(StatementPages.embedded()));
  }

  /** What an id stands for. */
  public enum Subject {
    /** Whatever has this id. */
    ANY,
    /** A run. */
    RUN,
    /** A model. */
    MODEL,
    /** An endpoint. */
    ENDPOINT,
    /** An experiment. */
    EXPERIMENT
  }

  /** How far the explanation of a model or an endpoint leads. */
  public enum Depth {
    /** To what used the money. */
    SUMMARY,
    /** To the charges and the delivered rows of each use. */
    CHARGES
  }

  /**
   * Returns a condition on names that every table which the explanation of an id may read fulfils.
   */
  public static Predicate<String> readsForIds() {
    return reads()
        .or(RunSteps.TABLES::contains)
        .or(FamilySteps.TABLES::contains)
        .or(ModelSteps.TABLES::contains)
        .or(EndpointSteps.TABLES::contains)
        .or(ExperimentSteps.TABLES::contains)
        .or(UsedCharges.TABLE::equals);
  }

  /**
   * Returns a condition on names that every table which the explanation of a line may read fulfils.
   */
  public static Predicate<String> reads() {
    Set<String> names = new TreeSet<>(TABLES);
    names.addAll(new PrintedLines(StatementPages.embedded()).names());
    return names::contains;
  }

  /**
   * Explains the figure of a line, an allocation or a charge, the total of a statement, or the cost
   * of a run, a model, an endpoint or an experiment.
   *
   * @throws Failure with exit code 2 if nothing or several have this id, or if the lake has had no
   *     night since version 1 of {@code reporting.*}
   */
  public static ExplanationStep tree(SparkSession spark, String id) {
    return tree(spark, id, Subject.ANY, Depth.SUMMARY);
  }

  /** Explains an id as {@link #tree(SparkSession, String)}, if it stands for this subject. */
  public static ExplanationStep tree(SparkSession spark, String id, Subject subject, Depth depth) {
    String name = id.strip();
    UsedSteps used = new UsedSteps(spark, name, depth);
    return subject == Subject.ANY ? of(spark).explain(name, used) : used.tree(subject);
  }

  /**
   * Explains every line of some statements.
   *
   * @param statement selects the statements by {@code billing_month}, {@code receiver_id} and
   *     {@code billing_currency}
   * @return explanations by receiver and id of the line
   */
  public static Map<String, Map<String, ExplanationStep>> lines(
      SparkSession spark, Column statement) {
    Explain explain = of(spark);
    List<ExplainedLine> lines =
        explain.lines(
            explain
                .printed
                .explainedBySums(spark)
                .where(statement)
                .orderBy("line_id")
                .collectAsList());
    lines.addAll(explain.groupLines(statement));
    lines.addAll(EventLines.lines(spark, explain.printed.ofEvents(), statement, statement));
    return lines.stream()
        .collect(
            Collectors.groupingBy(
                ExplainedLine::receiver,
                LinkedHashMap::new,
                Collectors.collectingAndThen(Collectors.toList(), ExplainedLine::byId)));
  }

  private ExplanationStep explain(String id, UsedSteps used) {
    return line(id)
        .or(() -> StatementSteps.tree(spark, statement(id, STATEMENT_NAMES)))
        .or(used::tree)
        .or(() -> allocation(id))
        .orElseThrow(used::unknown);
  }

  private Optional<ExplanationStep> line(String id) {
    Column selection = col("line_id").equalTo(id);
    return Stream.<Supplier<List<ExplainedLine>>>of(
            () -> lines(printed.explainedBySums(spark).where(selection).collectAsList()),
            () -> EventLines.lines(spark, printed.ofEvents(), selection, statement(id, LINE_NAMES)),
            () -> groupLines(selection))
        .flatMap(lines -> lines.get().stream())
        .map(ExplainedLine::tree)
        .findFirst();
  }

  /**
   * Explains lines in the statements of cost centres and of the company by the lines of the teams'
   * own statements about the same subject.
   */
  private List<ExplainedLine> groupLines(Column selection) {
    List<ExplainedLine> explained = new ArrayList<>();
    Dataset<Row> others = printed.ofGroups(spark).where(selection);
    List<Row> found = others.orderBy("line_id").collectAsList();
    if (found.isEmpty()) {
      return explained;
    }
    Map<String, List<Row>> ofTeams =
        GroupLines.ofTeams(spark, others, printed.explainedBySums(spark));
    Object[] ids =
        ofTeams.values().stream().flatMap(List::stream).map(r -> r.getAs("line_id")).toArray();
    Map<String, ExplanationStep> own =
        ExplainedLine.byId(
            lines(printed.explainedBySums(spark).where(col("line_id").isin(ids)).collectAsList()));
    for (Row line : found) {
      String id = line.getAs("line_id");
      List<ExplanationStep> teams =
          ofTeams.getOrDefault(id, List.of()).stream()
              .map(row -> own.get(row.<String>getAs("line_id")))
              .toList();
      explained.add(ExplainedLine.of(line, line(line, teams, OTHER_LINES)));
    }
    return explained;
  }

  private Optional<ExplanationStep> allocation(String id) {
    Dataset<Row> allocated =
        spark
            .table(PrintedLines.ALLOCATED)
            .where(col("x_AllocationId").equalTo(id).or(col("x_ChargeId").equalTo(id)));
    return allocated.limit(1).collectAsList().stream()
        .map(row -> row.<String>getAs("BillingCurrency"))
        .map(currency -> allocation(id, allocated, currency))
        .findFirst();
  }

  private ExplanationStep allocation(String id, Dataset<Row> allocated, String currency) {
    List<ExplanationStep> parts =
        charges
            .of(allocated.withColumn("line_id", lit(id)), Map.of(id, currency))
            .getOrDefault(id, List.of());
    return new ExplanationStep("Allocation " + id, ExplanationStep.sum(parts), currency, parts);
  }

  /**
   * Returns the condition that selects the statement of an id. The id begins with month, receiver
   * and currency; that of a line has a fourth name.
   */
  private static Column statement(String id, int count) {
    String[] names = id.split("/", -1);
    return names.length == count && names[0].matches("\\d{4}-\\d{2}")
        ? col("billing_month")
            .equalTo(lit(names[0] + "-01").cast("date"))
            .and(col("receiver_id").equalTo(names[1]))
            .and(col("billing_currency").equalTo(names[2]))
        : lit(false);
  }

  /** Explains rows of {@link PrintedLines#explainedBySums}. */
  List<ExplainedLine> lines(List<Row> lines) {
    if (lines.isEmpty()) {
      return new ArrayList<>();
    }
    Map<String, String> currencies = new LinkedHashMap<>();
    lines.forEach(line -> currencies.put(line.getAs("line_id"), line.getAs("billing_currency")));
    Map<String, List<ExplanationStep>> parts = new HashMap<>();
    printed.charges(spark, lines).ifPresent(found -> parts.putAll(charges.of(found, currencies)));
    List<ComparedCharges> compared = printed.compared(spark, lines);
    printed
        .steps(spark, lines)
        .ifPresent(found -> parts.putAll(parts(found, currencies, compared)));
    List<ExplainedLine> explained = new ArrayList<>();
    for (Row line : lines) {
      List<ExplanationStep> own = parts.getOrDefault(line.<String>getAs("line_id"), List.of());
      explained.add(
          ExplainedLine.of(line, line(line, own, printed.others(line).orElse(CORRECTED))));
    }
    return explained;
  }

  /**
   * Explains a line by its parts.
   *
   * @param others label of what the stated figure has beyond the parts
   */
  private static ExplanationStep line(Row line, List<ExplanationStep> found, String others) {
    String currency = line.getAs("billing_currency");
    BigDecimal stated = line.getAs("cost");
    BigDecimal whole = stated == null ? ExplanationStep.sum(found) : stated;
    List<ExplanationStep> parts = new ArrayList<>(found);
    BigDecimal rest = whole.subtract(ExplanationStep.sum(found));
    if (rest.signum() != 0) {
      parts.add(new ExplanationStep(others, rest, currency, List.of()));
    }
    String label = "%s: %s".formatted(line.getAs("line_id"), line.getAs("label"));
    return new ExplanationStep(label, whole, currency, parts);
  }

  /** Returns the parts of each line that are not charges. */
  private static Map<String, List<ExplanationStep>> parts(
      Dataset<Row> found, Map<String, String> currencies, List<ComparedCharges> compared) {
    Map<String, List<ExplanationStep>> parts = new LinkedHashMap<>();
    for (Row part : found.orderBy("line_id", "position").collectAsList()) {
      String line = part.getAs("line_id");
      parts
          .computeIfAbsent(line, key -> new ArrayList<>())
          .add(step(part, currencies.get(line), compared));
    }
    parts.forEach((line, steps) -> steps.addAll(months(compared, line)));
    return parts;
  }

  private static ExplanationStep step(
      Row part, @Nullable String currency, List<ComparedCharges> compared) {
    String id = part.getAs("line_id") + "#" + part.getAs("position");
    return new ExplanationStep(
            part.getAs("label"), part.getAs("cost"), currency, months(compared, id))
        .shownAs(part.getAs("shown"));
  }

  private static List<ExplanationStep> months(List<ComparedCharges> compared, String step) {
    return compared.stream().flatMap(each -> each.months(step).stream()).toList();
  }
}
