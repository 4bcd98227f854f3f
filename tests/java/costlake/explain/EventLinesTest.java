package costlake.explain;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import costlake.build.Functions;
import costlake.explain.ExplanationStep.Digits;
import costlake.report.StatementPages;
import costlake.testing.SparkHarness;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Explanations of events of a team. The node i-1 stood without work, and platform paid for it. */
class EventLinesTest {
  private static final String CHARGE_COLUMNS =
      "x_ChargeId ServiceName ChargeDescription ChargeCategory x_ChargeDate RegionId SkuMeter"
          + " PricingCategory CommitmentDiscountType CommitmentDiscountStatus BillingCurrency"
          + " ServiceProviderName InvoiceId InvoiceDetailId ResourceId PricingQuantity PricingUnit"
          + " x_SourceId x_SourceKind x_DeliveryId x_SourceFile";

  private final SparkSession spark = SparkHarness.spark();
  private String item = "i-1";
  private final Set<String> views = new TreeSet<>();

  @BeforeEach
  void createViews() {
    Functions.register(spark);
    view(
        "reporting.statements",
        "select date'2026-09-01' as billing_month, 'vision' as receiver_id, 'team' as"
            + " receiver_kind, 'vision' as team_id, '4410' as cost_centre, 'USD' as"
            + " billing_currency, cast(100 as decimal(38, 21)) as total_cost");
    view(
        "economics.event_charges",
        """
        select team as x_TeamId, cast(null as string) as x_ProjectId, cast(month as date) as x_BillingMonth,
            'USD' as BillingCurrency, item as event_item_id, kind as event_kind, sku as sku_key,
            cast(price as decimal(38, 21)) as bill_unit_price, 'idle' as x_CostKind,
            'rule' as x_OwnerRuleId, cast(null as string) as x_PoolId, cast(null as string) as AllocatedMethodId, id as x_ChargeId,
            cast(cost as decimal(38, 21)) as EffectiveCost
        from values ('c', 'platform', '2026-09-01', 'i-1', 'without_work', null, null, 12bd),
            ('p', 'vision', '2026-08-01', 'i-2', 'usage', null, null, 10bd),
            ('q', 'vision', '2026-08-01', 'i-2', 'usage', null, null, 21bd),
            ('r', 'vision', '2026-08-01', 'i-2', 'without_work', null, null, 5bd),
            ('s', 'ads', '2026-08-01', 'i-2', 'usage', null, null, 7bd),
            ('x', 'vision', '2026-09-01', 'i-3', 'usage', 'AWS EC2 p4 Hrs', 1.5bd, 72bd),
            ('y', 'vision', '2026-09-01', 'i-3', 'usage', 'AWS EC2 p4 Hrs', 2bd, 8bd),
            ('z', 'vision', '2026-08-01', 'i-3', 'without_work', 'AWS EC2 p4 Hrs', 2bd, 100bd)
            as charges (id, team, month, item, kind, sku, price, cost)
        """);
    view(
        "focus.cost_and_usage",
        Arrays.stream(CHARGE_COLUMNS.split(" "))
            .map(column -> "cast(null as string) as " + column)
            .collect(
                Collectors.joining(
                    ", ",
                    "select ",
                    ", cast(0 as decimal(38, 21)) as ListCost, cast(0 as decimal(38, 21)) as"
                        + " EffectiveCost, 0L as x_SourceRow where false")));
  }

  @AfterEach
  void dropViews() {
    views.forEach(view -> spark.sql("drop view " + view));
  }

  private void view(String name, String query) {
    spark.sql("create database if not exists " + name.substring(0, name.indexOf('.')));
    spark.sql("create or replace view " + name + " as " + query);
    views.add(name);
  }

  private ExplanationStep explained(String event, String cost, String before, String other) {
    return explained(event, cost, before, other, "cast(null as string)", "cast(null as string)");
  }

  private ExplanationStep explained(
      String event, String cost, String before, String other, String reason, String cause) {
    return explained(event(event, cost, before, other, reason, cause));
  }

  private String event(
      String event, String cost, String before, String other, String reason, String cause) {
    return """
        select date'2026-09-01' as billing_month, 'team' as receiver_kind, 'vision' as receiver_id, 'USD' as billing_currency,
            '2026-09/vision/USD/h-02' as line_id, 2 as position, '%1$s' as event, '%7$s' as item_id,
            date'2026-09-19' as first_day, date'2026-09-20' as last_day, 'p5 i-1' as resource_name,
            if('%1$s' = 'price', 'hours of p5', null) as sku_description,
            %4$s as other_id, %4$s as other_name, %5$s as reason, %6$s as cause, 'w38' as run_id, 'failed' as run_status,
            'lena' as run_user_id, date'2026-09-19' as ended_day, '00:00' as ended_time, 'ns/w38-0' as workload_id,
            'node-1' as node_id, cast(%2$s as decimal(38, 21)) as cost,
            cast(%3$s as decimal(38, 21)) as cost_before, cast(%2$s - %3$s as decimal(38, 21)) as change,
            cast(round(%2$s - %3$s, 2) as decimal(38, 2)) as change_shown
        """
        .formatted(event, cost, before, other, reason, cause, item);
  }

  private ExplanationStep explained(String events) {
    view("reporting.events", events);
    return EventLines.lines(
            spark, new PrintedLines(StatementPages.embedded()).ofEvents(), lit(true), lit(true))
        .get(0)
        .tree();
  }

  @Test
  void aTeamSeesWhatAnotherTeamPaysAsOneSumWithoutItsCharges() {
    ExplanationStep tree =
        explained("hand_over", "-8", "-2", "'platform'", "'without_work'", "'run_ended'");
    assertThat(tree.addsUp()).isTrue();
    assertThat(tree.text())
        .contains("what platform pays of it", "USD −8.00", "USD 2.00")
        .doesNotContain("charge c", "idle cost", "corrections");
    assertThat(tree.parts()).hasSize(2).allMatch(part -> part.parts().isEmpty());
  }

  @Test
  void anOverlapIsAPartOfOtherEvents() {
    ExplanationStep tree = explained("overlap", "96", "72", "cast(null as string)");
    assertThat(tree.addsUp()).isTrue();
    assertThat(tree.money()).isEqualByComparingTo("24");
    assertThat(tree.text())
        .contains("another event of the statement has too")
        .doesNotContain("no charge of today explains");
  }

  @Test
  void whatTelemetryMovedIsOneSumWithoutCharges() {
    ExplanationStep tree = explained("measured", "43", "0", "cast(null as string)");
    assertThat(tree.addsUp()).isTrue();
    assertThat(tree.money()).isEqualByComparingTo("43");
    assertThat(tree.text())
        .contains("less what it would pay by the owner rules")
        .doesNotContain("the other side")
        .doesNotContain("charge c", "no charge of today explains", "corrections");
  }

  /** What one team no longer pays, another pays; the line of that team says how much. */
  @Test
  void whatTelemetryMovedNamesTheLinesOfTheOtherSide() {
    String none = "cast(null as string)";
    String vision = event("measured", "43", "0", none, none, none);
    String ads = vision.replace("vision", "ads");
    String platform = event("measured", "0", "86", none, none, none).replace("vision", "platform");
    ExplanationStep first = explained(vision + " union all " + platform + " union all " + ads);
    assertThat(first.label()).startsWith("2026-09/ads/USD/h-02");
    assertThat(first.text())
        .contains("; the other side is 2026-09/platform/USD/h-02  USD 43.00")
        .doesNotContain("86.00", "vision");
  }

  @Test
  void anEmptyNodeNamesTheRunThatEndedOnIt() {
    ExplanationStep tree =
        explained("hand_over", "-8", "-2", "'platform'", "'without_work'", "'run_ended'");
    assertThat(tree.label())
        .endsWith(
            "hand over p5 i-1, after run w38 (failed) of lena ended on 2026-09-19 at 00:00 UTC:"
                + " ns/w38-0 on node-1");
    assertThat(
            explained("hand_over", "-8", "-2", "'platform'", "'unused_commitment'", "'node_down'")
                .label())
        .endsWith("hand over p5 i-1, while node-1 was down");
  }

  @Test
  void aPriceIsComparedWithThatOfTheWholeBill() {
    item = "AWS EC2 p5 Hrs 1.5";
    ExplanationStep tree = explained("price", "72", "96", "cast(null as string)");
    assertThat(tree.addsUp()).isTrue();
    assertThat(tree.label()).endsWith("price p5 i-1 (hours of p5)");
    assertThat(tree.text()).contains("at the price of the whole bill");
  }

  /** The charges of 31 days, 10 and 21, for 30 days: 30 x 10 / 31 and 30 x 21 / 31. */
  @Test
  void theChargesOfTheMonthBeforeAddUpToItsCostByDay() {
    item = "i-2";
    ExplanationStep tree = explained("ended", "0", "30", "cast(null as string)");
    assertThat(tree.addsUp()).isTrue();
    assertThat(tree.text(Digits.ALL))
        .contains(
            "less that of the month before, for as many days as this month has  USD −30.00\n",
            "idle cost, by owner rule rule  USD −30.00\n",
            "charge q, which focus.cost_and_usage does not have  USD −20.322580645161290322581\n",
            "charge p, which focus.cost_and_usage does not have  USD −9.677419354838709677419\n")
        .doesNotContain("charge r", "charge s", "no charge of today explains");
  }

  @Test
  void aPriceIsThatOfItsOwnChargesAndComparesWithTheSkuInTheMonthBefore() {
    item = "AWS EC2 p4 Hrs 1.500000000000000000000";
    assertThat(explained("price", "72", "96", "cast(null as string)").text())
        .contains(
            "charge x, which focus.cost_and_usage does not have  USD 72.00\n",
            "less the same quantity at the price of the month before  USD −96.00\n",
            "charge z, which focus.cost_and_usage does not have  USD −96.00\n")
        .doesNotContain("charge y", "at the price of the whole bill");
  }

  @Test
  void whatNoChargeExplainsIsNoCorrection() {
    ExplanationStep tree = explained("ended", "0", "5", "cast(null as string)");
    assertThat(tree.addsUp()).isTrue();
    assertThat(tree.text())
        .contains("cost that the event states and no charge of today explains")
        .doesNotContain("corrections");
  }
}
