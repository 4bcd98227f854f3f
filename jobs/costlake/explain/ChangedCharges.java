package costlake.explain;

import static org.apache.spark.sql.functions.broadcast;

import java.math.BigDecimal;
import java.sql.Date;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * Finds the charges of items whose cost changed, in the month of a statement and in the month
 * before. The calendar has all charges of the month before.
 */
final class ChangedCharges {
  private static final StructType ITEM =
      StructType.fromDDL(
          "id string, month date, receiver_id string, currency string, cost_kind string, pool_id"
              + " string, provider string, service string, sku_id string, pricing_unit string");

  private static final String CHARGES =
      ReceivedRows.query(
          "allocation.allocated_charges",
          "select month from changed_items union select add_months(month, -1) from changed_items",
          """
          charges as (
              select *, x_CostKind = 'shared' as is_shared,
                  kind = 'direct' and ChargeCategory = 'Usage' as is_usage
              from (
                  select *, case
                      when x_CostKind = 'direct' and CommitmentDiscountStatus = 'Unused' then 'unused_commitment'
                      when x_CostKind = 'idle' and ChargeCategory = 'Usage' and SkuId is not null then 'direct'
                      else x_CostKind
                  end as kind
                  from received
              )
          )
          select concat(item.id, if(c.x_BillingMonth = item.month, '/now', '/before')) as line_id, c.*
          from charges as c
          join changed_items as item
              on c.x_BillingMonth in (item.month, add_months(item.month, -1)) and c.sum_receiver = item.receiver_id
              and c.BillingCurrency = item.currency
              and if(item.cost_kind = 'calendar', c.x_BillingMonth < item.month, c.kind = item.cost_kind
                  and if(is_shared, c.x_PoolId, null) <=> item.pool_id
                  and if(is_shared, null, c.ServiceProviderName) <=> item.provider
                  and if(is_shared, null, c.ServiceName) <=> item.service
                  and if(is_usage, c.SkuId, null) <=> item.sku_id
                  and if(is_usage, c.PricingUnit, null) <=> item.pricing_unit)\
          """);

  private final Map<String, List<ExplanationStep>> groups;

  private ChangedCharges(Map<String, List<ExplanationStep>> groups) {
    this.groups = groups;
  }

  /**
   * Reads the charges of items.
   *
   * @param parts rows of {@link ChangeLines#PARTS}
   */
  static ChangedCharges of(SparkSession spark, List<Row> parts) {
    Map<String, Row> items = new LinkedHashMap<>();
    Map<String, String> currencies = new LinkedHashMap<>();
    for (Row part : parts) {
      Row item = item(part);
      items.put(item.getString(0), item);
      Stream.of("/now", "/before")
          .forEach(side -> currencies.put(item.getString(0) + side, item.getString(3)));
    }
    broadcast(spark.createDataFrame(new ArrayList<>(items.values()), ITEM))
        .createOrReplaceTempView("changed_items");
    return new ChangedCharges(ChargeSteps.plain(spark).of(spark.sql(CHARGES), currencies));
  }

  private static Row item(Row part) {
    String kind = costKind(part.getAs("effect"));
    List<Object> values = new ArrayList<>();
    for (String column : List.of("billing_month", "receiver_id", "billing_currency")) {
      values.add(part.getAs(column));
    }
    values.add(kind);
    for (String column : List.of("pool_id", "provider", "service", "sku_id", "pricing_unit")) {
      values.add(part.getAs(column));
    }
    values.add(0, values.toString());
    return RowFactory.create(values.toArray());
  }

  private static String costKind(String effect) {
    return switch (effect) {
      case "volume", "mix", "price", "new", "ended", "no_quantity" -> "direct";
      case "pool_cost", "pool_share" -> "shared";
      default -> effect;
    };
  }

  /**
   * Returns the charges of the item of a part in both months, each month as a step without money.
   */
  List<ExplanationStep> of(Row part) {
    Row item = item(part);
    Date month = item.getDate(1);
    return Stream.of(
            month(item, "/now", month.toLocalDate().toString()),
            month(item, "/before", month.toLocalDate().minusMonths(1).toString()))
        .flatMap(List::stream)
        .toList();
  }

  private List<ExplanationStep> month(Row item, String side, String day) {
    List<ExplanationStep> found = groups.getOrDefault(item.getString(0) + side, List.of());
    BigDecimal money = ExplanationStep.sum(found);
    String label =
        "charges of %s: %s"
            .formatted(day.substring(0, 7), ExplanationStep.amount(item.getString(3), money));
    return found.isEmpty() ? List.of() : List.of(new ExplanationStep(label, null, null, found));
  }
}
