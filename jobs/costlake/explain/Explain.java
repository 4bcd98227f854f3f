package costlake.explain;

import static org.apache.spark.sql.functions.add_months;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import costlake.core.Failure;
import java.math.BigDecimal;
import java.sql.Date;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * From an id that a statement prints, or the id of an allocation or a charge, to delivered rows.
 */
public final class Explain {
  private static final int MOST_PARTS = 5;
  private static final String ALLOCATED = "allocation.allocated_charges";
  private static final String CHARGES = "focus.cost_and_usage";
  private static final Set<String> TABLES =
      Set.of(ALLOCATED, CHARGES, "reporting.statement_lines", "reporting.statement_pools");
  private static final String COST = "EffectiveCost";
  private static final String CORRECTED =
      "corrections: what charges of closed months came to since, stated in the month that was open";

  private static final Map<String, String> COLUMNS =
      Map.of(
          "bridge", "x_CostKind",
          "project", "x_ProjectId",
          "provider", "ServiceProviderName",
          "service", "ServiceName",
          "environment", "x_Environment",
          "model", "x_ModelId");

  private final SparkSession spark;

  private Explain(SparkSession spark) {
    this.spark = spark;
  }

  /** Whether an explanation may need a table. */
  public static boolean reads(String table) {
    return TABLES.contains(table);
  }

  /**
   * Explains an id.
   *
   * @throws Failure of the operator's family when nothing has it
   */
  public static Tree tree(SparkSession spark, String id) {
    return new Explain(spark).explain(id.strip());
  }

  private Tree explain(String id) {
    List<Row> lines =
        spark.table("reporting.statement_lines").where(col("line_id").equalTo(id)).collectAsList();
    if (!lines.isEmpty()) {
      return line(lines.get(0));
    }
    List<Row> pools =
        spark.table("reporting.statement_pools").where(col("line_id").equalTo(id)).collectAsList();
    if (!pools.isEmpty()) {
      return pool(pools.get(0));
    }
    Column either = col("x_AllocationId").equalTo(id).or(col("x_ChargeId").equalTo(id));
    Dataset<Row> allocated = spark.table(ALLOCATED).where(either);
    List<Row> first = allocated.limit(1).collectAsList();
    if (first.isEmpty()) {
      throw Failure.operator(
          "Nothing has the id '%s': write the number of a statement, a slash and a line, e.g."
                  .formatted(id)
              + " 2026-09/search/USD/p-01, or the id of an allocation or a charge");
    }
    return owners("Allocation " + id, allocated, first.get(0).getAs("BillingCurrency"));
  }

  private Tree line(Row line) {
    String breakdown = line.getAs("breakdown");
    Dataset<Row> rows = statement(line).where(member(line, breakdown));
    String name =
        line.<Integer>getAs("members") > 1 ? "everything else" : shown(line.getAs("name"));
    String label = "%s: %s %s".formatted(line.getAs("line_id"), breakdown, name);
    String currency = line.getAs("billing_currency");
    Tree charged = owners(label, rows, currency);
    BigDecimal whole = line.getAs("effective_cost");
    List<Tree> parts = new ArrayList<>(charged.parts());
    BigDecimal corrected = whole.subtract(charged.money());
    if (corrected.signum() != 0) {
      parts.add(new Tree(CORRECTED, corrected, currency, List.of()));
    }
    return new Tree(label, whole, currency, parts);
  }

  private Dataset<Row> statement(Row line) {
    return spark
        .table(ALLOCATED)
        .where(
            col("x_BillingMonth")
                .equalTo(line.getAs("billing_month"))
                .and(col("x_TeamId").equalTo(line.getAs("team_id")))
                .and(col("BillingCurrency").equalTo(line.getAs("billing_currency"))));
  }

  private Column member(Row line, String breakdown) {
    Column column = col(COLUMNS.get(breakdown));
    if (line.<Integer>getAs("members") == 1) {
      return column.eqNullSafe(line.getAs("name"));
    }
    Column others = lit(true);
    Dataset<Row> named =
        spark
            .table("reporting.statement_lines")
            .where(
                col("billing_month")
                    .equalTo(line.getAs("billing_month"))
                    .and(col("team_id").equalTo(line.getAs("team_id")))
                    .and(col("billing_currency").equalTo(line.getAs("billing_currency")))
                    .and(col("breakdown").equalTo(breakdown))
                    .and(col("members").equalTo(1)));
    for (Row other : named.collectAsList()) {
      others = others.and(column.eqNullSafe(other.getAs("name")).unary_$bang());
    }
    return others;
  }

  private Tree pool(Row line) {
    Date month = line.getAs("billing_month");
    Dataset<Row> rows =
        spark
            .table(ALLOCATED)
            .where(
                col("x_PoolId")
                    .equalTo(line.getAs("pool_id"))
                    .and(col("x_TeamId").equalTo(line.getAs("team_id")))
                    .and(col("BillingCurrency").equalTo(line.getAs("billing_currency")))
                    .and(col("x_AllocationDate").geq(month))
                    .and(col("x_AllocationDate").lt(add_months(lit(month), 1))));
    String label =
        "%s: pool %s, %s of %s units"
            .formatted(
                line.getAs("line_id"),
                shown(line.getAs("pool_name")),
                plain(line.getAs("units")),
                plain(line.getAs("all_units")));
    return owners(label, rows, line.getAs("billing_currency"));
  }

  private Tree owners(String label, Dataset<Row> rows, String currency) {
    List<Row> groups =
        rows.groupBy("x_CostKind", "x_OwnerRuleId", "x_PoolId", "AllocatedMethodId")
            .agg(sum(COST).as(COST))
            .orderBy(
                col(COST).desc(),
                col("x_CostKind"),
                col("x_OwnerRuleId"),
                col("x_PoolId"),
                col("AllocatedMethodId"))
            .collectAsList();
    List<Tree> parts = new ArrayList<>();
    for (Row group : groups) {
      Column same = lit(true);
      for (String column :
          List.of("x_CostKind", "x_OwnerRuleId", "x_PoolId", "AllocatedMethodId")) {
        same = same.and(col(column).eqNullSafe(group.getAs(column)));
      }
      BigDecimal money = group.getAs(COST);
      List<Tree> charges =
          parts.size() < MOST_PARTS ? charges(rows.where(same), money, currency) : List.of();
      parts.add(new Tree(rule(group), money, currency, charges));
    }
    BigDecimal whole = parts.stream().map(Tree::money).reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Tree(label, whole, currency, parts);
  }

  private static String rule(Row group) {
    String pool = group.getAs("x_PoolId");
    String method = group.getAs("AllocatedMethodId");
    return "%s cost, by owner rule %s%s%s"
        .formatted(
            shown(group.getAs("x_CostKind")),
            shown(group.getAs("x_OwnerRuleId")),
            pool == null ? "" : ", by way of pool " + pool,
            method == null ? "" : ", split by " + method);
  }

  private List<Tree> charges(Dataset<Row> rows, BigDecimal whole, String currency) {
    Dataset<Row> sums = rows.groupBy("x_ChargeId").agg(sum(COST).as(COST));
    long count = sums.count();
    List<Row> top =
        sums.orderBy(col(COST).desc(), col("x_ChargeId")).limit(MOST_PARTS).collectAsList();
    Map<String, Row> origins = origins(top);
    List<Tree> parts = new ArrayList<>();
    BigDecimal rest = whole;
    for (Row charge : top) {
      BigDecimal money = charge.getAs(COST);
      rest = rest.subtract(money);
      String id = charge.getAs("x_ChargeId");
      parts.add(charge(id, money, origins.get(id), currency));
    }
    if (count > top.size()) {
      parts.add(
          new Tree("%,d more charges".formatted(count - top.size()), rest, currency, List.of()));
    }
    return parts;
  }

  private Map<String, Row> origins(List<Row> charges) {
    Object[] ids = charges.stream().map(c -> c.<String>getAs("x_ChargeId")).toArray();
    Map<String, Row> rows = new HashMap<>();
    spark
        .table(CHARGES)
        .where(col("x_ChargeId").isin(ids))
        .collectAsList()
        .forEach(r -> rows.put(r.getAs("x_ChargeId"), r));
    return rows;
  }

  private Tree charge(String id, BigDecimal money, Row focus, String currency) {
    if (focus == null) {
      return new Tree(
          "charge " + id + ", which focus.cost_and_usage does not have",
          money,
          currency,
          List.of());
    }
    BigDecimal all = focus.getAs(COST);
    String part = all.compareTo(money) == 0 ? "" : ", part of " + currency + " " + plain(all);
    String label =
        "charge %s: %s, %s%s"
            .formatted(
                id,
                shown(focus.getAs("ServiceName")),
                shown(focus.getAs("ChargeDescription")),
                part);
    return new Tree(label, money, currency, List.of(delivered(focus)));
  }

  private Tree delivered(Row focus) {
    String source = focus.getAs("x_SourceId");
    String file = focus.getAs("x_SourceFile");
    Long row = focus.getAs("x_SourceRow");
    String label =
        "row %s of %s, delivery %s of %s".formatted(row, file, focus.getAs("x_DeliveryId"), source);
    String relation = "bronze__" + source.replaceAll("[^A-Za-z0-9_]", "_");
    if (!spark.catalog().tableExists(relation)) {
      return new Tree(label, null, null, List.of());
    }
    List<Row> rows =
        spark
            .table(relation)
            .where(
                col("_source_file")
                    .equalTo(file)
                    .and(col("_row").equalTo(row))
                    .and(col("_delivery_id").equalTo(focus.getAs("x_DeliveryId"))))
            .limit(1)
            .collectAsList();
    return new Tree(label, null, null, rows.isEmpty() ? List.of() : values(rows.get(0)));
  }

  private static List<Tree> values(Row row) {
    Map<String, String> money = new TreeMap<>();
    for (String column : row.schema().fieldNames()) {
      Object value = row.getAs(column);
      if (value != null
          && !column.startsWith("_")
          && column.matches("(?i).*(cost|usage_?amount|line_?item_?type|product_?code|fee).*")) {
        money.put(column, value.toString());
      }
    }
    return money.entrySet().stream()
        .map(
            e ->
                new Tree(
                    "as delivered: " + e.getKey() + " = " + e.getValue(), null, null, List.of()))
        .toList();
  }

  private static String plain(BigDecimal value) {
    return value == null ? "unknown" : value.stripTrailingZeros().toPlainString();
  }

  private static String shown(String value) {
    return value == null ? "(none)" : value;
  }
}
