package costlake.explain;

import static org.apache.spark.sql.functions.broadcast;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * Splits the money of lines into groups of charges, and finds the delivered rows of the largest.
 */
final class ChargeSteps {
  static final String CHARGES = "focus.cost_and_usage";

  /** Columns that identify the group of a charge, its line, and its money. */
  static final List<String> COLUMNS =
      List.of(
          "line_id",
          "x_CostKind",
          "x_OwnerRuleId",
          "x_PoolId",
          "AllocatedMethodId",
          "x_ChargeId",
          "EffectiveCost");

  private static final int MOST_PARTS = 5;

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

  /** What an explanation says of a charge beside the delivered row. */
  interface Details {
    /**
     * Returns steps without money.
     *
     * @param charge row of {@link #CHARGES}
     * @param money part of the charge that is explained
     */
    List<ExplanationStep> of(Row charge, BigDecimal money);
  }

  private final SparkSession spark;
  private final Details details;

  private ChargeSteps(SparkSession spark, Details details) {
    this.spark = spark;
    this.details = details;
  }

  static ChargeSteps plain(SparkSession spark) {
    return new ChargeSteps(spark, (charge, money) -> List.of());
  }

  static ChargeSteps detailed(SparkSession spark, Details details) {
    return new ChargeSteps(spark, details);
  }

  /**
   * Returns the groups of charges of each line, each group with its largest charges.
   *
   * @param charges the columns of {@link #COLUMNS}; one row for each line and allocated charge
   * @param currencies currencies of the lines, by id of the line
   */
  Map<String, List<ExplanationStep>> of(Dataset<Row> charges, Map<String, String> currencies) {
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

  private ExplanationStep owner(
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
    }
    long more = opened ? group.<Long>getAs("charges") - largest.size() : 0;
    return new ExplanationStep(
        rule(group),
        whole,
        currency,
        ExplanationStep.completed(parts, more, "charges", whole, currency));
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
            method == null ? "" : ", split by " + method(method));
  }

  private static String method(String id) {
    return switch (id) {
      case "node-price-ratio" -> "what workloads requested of the node";
      case "pool-cost" -> "cost before the pool";
      case "pool-cpu_hours" -> "CPU-hours";
      case "pool-memory_hours" -> "memory GB-hours";
      case "pool-accelerator_hours" -> "accelerator-hours held";
      default -> id;
    };
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
        .table(CHARGES)
        .join(
            broadcast(spark.createDataFrame(ids, StructType.fromDDL("x_ChargeId string"))),
            "x_ChargeId")
        .select(
            "x_ChargeId",
            "ServiceName",
            "ChargeDescription",
            "ChargeCategory",
            "x_ChargeDate",
            "RegionId",
            "SkuMeter",
            "PricingCategory",
            "CommitmentDiscountType",
            "CommitmentDiscountStatus",
            "BillingCurrency",
            "ListCost",
            "EffectiveCost",
            "ServiceProviderName",
            "InvoiceId",
            "InvoiceDetailId",
            "ResourceId",
            "PricingQuantity",
            "PricingUnit",
            "x_SourceId",
            "x_SourceKind",
            "x_DeliveryId",
            "x_SourceFile",
            "x_SourceRow")
        .collectAsList()
        .forEach(row -> origins.put(row.getAs("x_ChargeId"), row));
    return origins;
  }

  private ExplanationStep charge(
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
    String part =
        all.compareTo(money) == 0 ? "" : ", part of " + ExplanationStep.amount(currency, all);
    String label = "charge %s: %s%s".formatted(id, ChargeSentence.of(focus, money), part);
    List<ExplanationStep> parts = new ArrayList<>(details.of(focus, money));
    parts.add(delivered.tree(focus));
    return new ExplanationStep(label, money, currency, parts);
  }

  private static String shown(String value) {
    return value == null ? "(none)" : value;
  }
}
