package costlake.explain;

import static org.apache.spark.sql.functions.broadcast;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Finds the charges of events, in the month of a statement and in the month before. Where an event
 * compares with a part of what the month before cost (its daily cost, a price), each charge has its
 * part of that, and the parts add up to it exactly.
 */
final class EventCharges {
  static final String TABLE = "economics.event_charges";
  private static final String NOW = "/now";
  private static final String BEFORE = "/before";

  /**
   * Selects the charges of each side. {@code whole} is the money that the charges of a side have,
   * {@code amount} what the event has of it; a side without {@code amount} has the whole charges.
   */
  private static final String CHARGES =
      ReceivedRows.query(
          TABLE,
          "select month from event_sides",
          """
          found as (
              select side.side_id as line_id, side.amount, side.whole, c.*
              from received as c
              join event_sides as side
                  on side.month = c.x_BillingMonth and side.receiver_id = c.sum_receiver
                  and side.billing_currency = c.BillingCurrency
              where (side.kind is null or c.event_kind = side.kind or (side.event = 'price' and c.event_kind = 'without_work'))
                  and case
                      when side.kind is null then true
                      when side.event = 'price' then
                          c.sku_key = side.sku_key and c.bill_unit_price is not null
                          and (side.unit_price is null or c.bill_unit_price = side.unit_price)
                      else c.event_item_id = side.item_id
                  end
          ),
          summed as (
              select *, coalesce(whole, sum(EffectiveCost) over (partition by line_id)) as all_cost,
                  sum(EffectiveCost) over (
                      partition by line_id order by x_AllocationId rows between unbounded preceding and current row
                  ) as upto
              from found
          )
          select * except (EffectiveCost), if(amount is null, EffectiveCost, coalesce(less(
              in_proportion(amount, upto, all_cost), in_proportion(amount, less(upto, EffectiveCost), all_cost)
          ), 0)) as EffectiveCost
          from summed\
          """);

  /**
   * Selects the sides of events: what each cost in the month, and what that is compared with. The
   * calendar has one side, the month before. What another team pays has none: its charges are in
   * the statement of that team only. An overlap has none: its charges are in other events.
   */
  private static final String SIDES =
      """
      with totals as (
          select line.line_id, line.billing_month, line.receiver_id, line.billing_currency, line.event,
              calendar.cost as total_by_day, calendar.cost_before as total_before
          from explained_events as line
          left join reporting.events as calendar
              on calendar.billing_month = line.billing_month and calendar.receiver_id = line.receiver_id
              and calendar.billing_currency = line.billing_currency and calendar.event = 'calendar'
          where line.event in ('calendar', 'everything_else')
      ),
      named as (
          select *
          from explained_events
          where item_id is not null and event <> 'overlap' and not (event = 'hand_over' and least(cost, cost_before) < 0)
      ),
      sides as (
          select line_id, billing_month, receiver_id, billing_currency, event, item_id,
              explode(array(
                  struct('%1$s' as place, billing_month as month, cast(null as decimal(38,21)) as amount),
                  struct('%2$s' as place, add_months(billing_month, -1) as month,
                      if(event in ('credit', 'refund', 'correction'), null, cost_before) as amount)
              )) as side
          from named
      )
      select concat(line_id, side.place) as side_id, billing_month, receiver_id, billing_currency, event, side.month,
          side.amount, cast(null as decimal(38,21)) as whole,
          if(event in ('price', 'new', 'ended', 'hand_over'), 'usage', event) as kind,
          item_id, if(event = 'price', regexp_extract(item_id, '^(.*) [0-9.]+$', 1), null) as sku_key,
          if(event = 'price' and side.place = '%1$s',
              cast(regexp_extract(item_id, ' ([0-9.]+)$', 1) as decimal(38,21)), null) as unit_price
      from sides
      union all
      select concat(line_id, '%1$s'), billing_month, receiver_id, billing_currency, event, billing_month, null, null,
          null, null, null, null
      from totals
      where event = 'everything_else'
      union all
      select concat(line_id, '%2$s'), billing_month, receiver_id, billing_currency, event, add_months(billing_month, -1),
          if(event = 'calendar', less(total_by_day, total_before), total_by_day), total_before,
          null, null, null, null
      from totals\
      """
          .formatted(NOW, BEFORE);

  private final Map<String, List<ExplanationStep>> groups;

  private EventCharges(Map<String, List<ExplanationStep>> groups) {
    this.groups = groups;
  }

  /**
   * Reads the charges of events.
   *
   * @param events rows of {@link EventLines#TABLE}
   */
  static EventCharges of(SparkSession spark, Dataset<Row> events) {
    events.createOrReplaceTempView("explained_events");
    List<Row> sides = spark.sql(SIDES).collectAsList();
    Map<String, String> currencies = new LinkedHashMap<>();
    sides.forEach(side -> currencies.put(side.getAs("side_id"), side.getAs("billing_currency")));
    if (sides.isEmpty()) {
      return new EventCharges(Map.of());
    }
    broadcast(spark.createDataFrame(sides, sides.get(0).schema()))
        .createOrReplaceTempView("event_sides");
    return new EventCharges(ChargeSteps.plain(spark).of(spark.sql(CHARGES), currencies));
  }

  /** Returns the charges of an event in the month of the statement. */
  List<ExplanationStep> now(String line) {
    return groups.getOrDefault(line + NOW, List.of());
  }

  /** Returns the charges of the month before that an event is compared with. */
  List<ExplanationStep> before(String line) {
    return groups.getOrDefault(line + BEFORE, List.of());
  }
}
