package costlake.explain;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import costlake.core.Failure;
import costlake.report.ReportingVersion;
import costlake.report.StatementPages;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Explains the figure of a printed line, an allocation or a charge, given its id: splits the figure
 * into charges and finds their delivered rows.
 */
public final class Explain {
  private static final int MOST_PARTS = 5;
  private static final String TOTALS = "reporting.statements";
  private static final Set<String> TABLES =
      Set.of(
          PrintedLines.ALLOCATED,
          "focus.cost_and_usage",
          TOTALS,
          ChangeLines.TABLE,
          ChangeLines.PARTS,
          GroupLines.COSTS);
  private static final String CORRECTED =
      "corrections: later changes to charges of closed months, stated in the month that was open";

  private static final String OTHER_LINES =
      "lines of teams about this that have other names, or sum several";

  /**
   * Selects the largest charges of each group, and the sum of all charges of the group. A group
   * consists of the charges of a line that have the same kind of cost, owner rule, pool and
   * allocation method.
   */
  private static final String LARGEST =
      """
      with sums as (
          select line_id, x_CostKind, x_OwnerRuleId, x_PoolId, AllocatedMethodId, x_ChargeId, sum(EffectiveCost) as cost
          from explained_charges group by all
      ),
      placed as (
          select *, sum(cost) over whole as group_cost, count(*) over whole as charges, row_number() over by_cost as place
          from sums
          window whole as (partition by line_id, x_CostKind, x_OwnerRuleId, x_PoolId, AllocatedMethodId),
              by_cost as (
                  partition by line_id, x_CostKind, x_OwnerRuleId, x_PoolId, AllocatedMethodId
                  order by cost desc, x_ChargeId
              )
      )
      select *
      from (
          select *, dense_rank() over (
              partition by line_id order by group_cost desc, x_CostKind, x_OwnerRuleId, x_PoolId, AllocatedMethodId
          ) as group_place
          from placed
      )
      where place = 1 or (place <= %1$d and group_place <= %1$d)"""
          .formatted(MOST_PARTS);

  private final SparkSession spark;
  private final PrintedLines printed;

  private Explain(SparkSession spark, PrintedLines printed) {
    this.spark = spark;
    this.printed = printed;
  }

  private static Explain of(SparkSession spark) {
    ReportingVersion.require(spark.table(TOTALS));
    return new Explain(spark, new PrintedLines(StatementPages.embedded()));
  }

  /** Returns a condition on names that every table which an explanation may read fulfils. */
  public static Predicate<String> reads() {
    Set<String> names = new TreeSet<>(TABLES);
    names.addAll(new PrintedLines(StatementPages.embedded()).names());
    return names::contains;
  }

  /**
   * Explains the figure of a line, an allocation or a charge.
   *
   * @throws Failure with exit code 2 if no line, allocation or charge has this id, or if the lake
   *     has had no night since version 1 of {@code reporting.*}
   */
  public static ExplanationStep tree(SparkSession spark, String id) {
    return of(spark).explain(id.strip());
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
                .explainedByCharges(spark)
                .where(statement)
                .orderBy("line_id")
                .collectAsList());
    lines.addAll(explain.groupLines(statement));
    lines.addAll(ChangeLines.lines(spark, statement, statement));
    return lines.stream()
        .collect(
            Collectors.groupingBy(
                ExplainedLine::receiver,
                LinkedHashMap::new,
                Collectors.collectingAndThen(Collectors.toList(), ExplainedLine::byId)));
  }

  private ExplanationStep explain(String id) {
    List<Row> lines =
        printed.explainedByCharges(spark).where(col("line_id").equalTo(id)).collectAsList();
    if (!lines.isEmpty()) {
      return lines(lines).get(0).tree();
    }
    List<ExplainedLine> others =
        ChangeLines.lines(spark, col("line_id").equalTo(id), statement(id));
    if (others.isEmpty()) {
      others = groupLines(col("line_id").equalTo(id));
    }
    return others.isEmpty() ? allocation(id) : others.get(0).tree();
  }

  /**
   * Explains lines in the statements of cost centres and of the company. The line of a breakdown is
   * split by team. Any other line is split into the lines of the teams' own statements about the
   * same subject.
   */
  private List<ExplainedLine> groupLines(Column selection) {
    List<ExplainedLine> explained = new ArrayList<>(GroupLines.breakdowns(spark, selection));
    Dataset<Row> others = printed.ofGroups(spark).where(selection);
    List<Row> found = others.orderBy("line_id").collectAsList();
    if (found.isEmpty()) {
      return explained;
    }
    Map<String, List<Row>> ofTeams =
        GroupLines.ofTeams(spark, others, printed.explainedByCharges(spark));
    Object[] ids =
        ofTeams.values().stream().flatMap(List::stream).map(r -> r.getAs("line_id")).toArray();
    Map<String, ExplanationStep> own =
        ExplainedLine.byId(
            lines(
                printed.explainedByCharges(spark).where(col("line_id").isin(ids)).collectAsList()));
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

  private ExplanationStep allocation(String id) {
    Dataset<Row> allocated =
        spark
            .table(PrintedLines.ALLOCATED)
            .where(col("x_AllocationId").equalTo(id).or(col("x_ChargeId").equalTo(id)));
    List<Row> first = allocated.limit(1).collectAsList();
    if (first.isEmpty()) {
      throw Failure.operator(
          """
          Cannot find the id '%s'. Give the number of a statement, a slash and a line, e.g.
          2026-09/search/USD/p-01, or the id of an allocation or a charge
          """,
          id);
    }
    String currency = first.get(0).getAs("BillingCurrency");
    List<ExplanationStep> parts =
        owners(allocated.withColumn("line_id", lit(id)), Map.of(id, currency))
            .getOrDefault(id, List.of());
    return new ExplanationStep("Allocation " + id, sum(parts), currency, parts);
  }

  /**
   * Returns the condition that selects the statement of a line. The id of the line begins with
   * month, receiver and currency.
   */
  private static Column statement(String id) {
    String[] names = id.split("/", -1);
    return names.length == 4 && names[0].matches("\\d{4}-\\d{2}")
        ? col("billing_month")
            .equalTo(lit(names[0] + "-01").cast("date"))
            .and(col("receiver_id").equalTo(names[1]))
            .and(col("billing_currency").equalTo(names[2]))
        : lit(false);
  }

  private List<ExplainedLine> lines(List<Row> lines) {
    if (lines.isEmpty()) {
      return new ArrayList<>();
    }
    Map<String, String> currencies = new LinkedHashMap<>();
    lines.forEach(line -> currencies.put(line.getAs("line_id"), line.getAs("billing_currency")));
    Object[] months = lines.stream().map(l -> l.getAs("billing_month")).distinct().toArray();
    Column selection = col("line_id").isin(currencies.keySet().toArray());
    Map<String, List<ExplanationStep>> parts =
        owners(printed.charges(spark, selection, months), currencies);
    printed.parts(spark, selection).ifPresent(found -> parts.putAll(parts(found, currencies)));
    List<ExplainedLine> explained = new ArrayList<>();
    for (Row line : lines) {
      List<ExplanationStep> own = parts.getOrDefault(line.<String>getAs("line_id"), List.of());
      explained.add(ExplainedLine.of(line, line(line, own, CORRECTED)));
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
    BigDecimal whole = stated == null ? sum(found) : stated;
    List<ExplanationStep> parts = new ArrayList<>(found);
    BigDecimal rest = whole.subtract(sum(found));
    if (rest.signum() != 0) {
      parts.add(new ExplanationStep(others, rest, currency, List.of()));
    }
    String label = "%s: %s".formatted(line.getAs("line_id"), line.getAs("label"));
    return new ExplanationStep(label, whole, currency, parts);
  }

  private static BigDecimal sum(List<ExplanationStep> parts) {
    return parts.stream().map(ExplanationStep::money).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Returns the parts of each line that are not charges. */
  private static Map<String, List<ExplanationStep>> parts(
      Dataset<Row> found, Map<String, String> currencies) {
    Map<String, List<ExplanationStep>> parts = new LinkedHashMap<>();
    for (Row part : found.orderBy("line_id", "position").collectAsList()) {
      String line = part.getAs("line_id");
      parts
          .computeIfAbsent(line, key -> new ArrayList<>())
          .add(
              new ExplanationStep(
                  part.getAs("label"), part.getAs("cost"), currencies.get(line), List.of()));
    }
    return parts;
  }

  /**
   * Returns the groups of charges of each line, each group with its largest charges (see {@link
   * #LARGEST}).
   */
  private Map<String, List<ExplanationStep>> owners(
      Dataset<Row> charges, Map<String, String> currencies) {
    charges.createOrReplaceTempView("explained_charges");
    List<Row> largest =
        spark.sql(LARGEST).orderBy("line_id", "group_place", "place").collectAsList();
    Map<String, Row> origins = origins(largest);
    DeliveredLines delivered = DeliveredLines.of(spark, origins.values());
    Map<String, Map<Integer, List<Row>>> groups =
        largest.stream()
            .collect(
                Collectors.groupingBy(
                    row -> row.<String>getAs("line_id"),
                    LinkedHashMap::new,
                    Collectors.groupingBy(row -> row.<Integer>getAs("group_place"))));
    Map<String, List<ExplanationStep>> parts = new LinkedHashMap<>();
    groups.forEach(
        (line, own) ->
            parts.put(
                line,
                new TreeMap<>(own)
                    .values().stream()
                        .map(rows -> owner(rows, origins, delivered, currencies.get(line)))
                        .toList()));
    return parts;
  }

  private static ExplanationStep owner(
      List<Row> largest,
      Map<String, Row> origins,
      DeliveredLines delivered,
      @Nullable String currency) {
    Row group = largest.get(0);
    BigDecimal whole = group.getAs("group_cost");
    boolean opened =
        group.<Integer>getAs("group_place") <= MOST_PARTS && group.getAs("x_ChargeId") != null;
    List<ExplanationStep> parts = new ArrayList<>();
    if (opened) {
      for (Row charge : largest) {
        String id = charge.getAs("x_ChargeId");
        parts.add(charge(id, charge.getAs("cost"), origins.get(id), delivered, currency));
      }
      long more = group.<Long>getAs("charges") - largest.size();
      if (more > 0) {
        BigDecimal rest = whole.subtract(sum(parts));
        parts.add(
            new ExplanationStep("%,d more charges".formatted(more), rest, currency, List.of()));
      }
    }
    return new ExplanationStep(rule(group), whole, currency, parts);
  }

  private static String rule(Row group) {
    String rule = group.getAs("x_OwnerRuleId");
    String pool = group.getAs("x_PoolId");
    String method = group.getAs("AllocatedMethodId");
    return "%s cost%s%s%s"
        .formatted(
            shown(group.getAs("x_CostKind")),
            rule == null ? "" : ", by owner rule " + rule,
            pool == null ? "" : ", by way of pool " + pool,
            method == null ? "" : ", split by " + method);
  }

  /** Returns the rows of {@code focus.cost_and_usage} for these charges, by id of the charge. */
  private Map<String, Row> origins(List<Row> largest) {
    List<Row> ids =
        largest.stream()
            .map(row -> row.<String>getAs("x_ChargeId"))
            .filter(Objects::nonNull)
            .distinct()
            .map(RowFactory::create)
            .toList();
    Map<String, Row> origins = new LinkedHashMap<>();
    spark
        .table("focus.cost_and_usage")
        .join(
            broadcast(spark.createDataFrame(ids, StructType.fromDDL("x_ChargeId string"))),
            "x_ChargeId")
        .select(
            "x_ChargeId",
            "ServiceName",
            "ChargeDescription",
            "EffectiveCost",
            "x_SourceId",
            "x_SourceKind",
            "x_DeliveryId",
            "x_SourceFile",
            "x_SourceRow")
        .collectAsList()
        .forEach(row -> origins.put(row.getAs("x_ChargeId"), row));
    return origins;
  }

  private static ExplanationStep charge(
      String id,
      BigDecimal money,
      @Nullable Row focus,
      DeliveredLines delivered,
      @Nullable String currency) {
    if (focus == null) {
      return new ExplanationStep(
          "charge " + id + ", which focus.cost_and_usage does not have",
          money,
          currency,
          List.of());
    }
    BigDecimal all = focus.getAs("EffectiveCost");
    String part = all.compareTo(money) == 0 ? "" : ", part of " + currency + " " + plain(all);
    String label =
        "charge %s: %s, %s%s"
            .formatted(
                id,
                shown(focus.getAs("ServiceName")),
                shown(focus.getAs("ChargeDescription")),
                part);
    return new ExplanationStep(label, money, currency, List.of(delivered.tree(focus)));
  }

  static String plain(BigDecimal value) {
    return value == null ? "unknown" : value.stripTrailingZeros().toPlainString();
  }

  private static String shown(String value) {
    return value == null ? "(none)" : value;
  }
}
