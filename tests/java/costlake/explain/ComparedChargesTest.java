package costlake.explain;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import costlake.build.Functions;
import costlake.build.PublicViews;
import costlake.config.Config;
import costlake.explain.LineAudit.Difference;
import costlake.model.Graph;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.report.StatementPages;
import costlake.testing.CatalogViews;
import costlake.testing.SparkHarness;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The charges of both months under a line that compares them. In September, search had 13 hours of
 * p5 for 130 and idle hours for 20, after 10 hours for 100; a pool cost it 4 after 10.
 */
class ComparedChargesTest {
  private static final String CHARGES = "economics.change_charges";

  private final SparkSession spark = SparkHarness.spark();
  private final CatalogViews views = new CatalogViews(spark);
  private final Graph graph = Models.embedded().compile();

  @TempDir Path folder;

  @BeforeEach
  void createTables() {
    Functions.register(spark);
    Labels.register(spark);
    views.createEmpty(
        "focus.cost_and_usage", graph.columns(RelationName.parse("focus.cost_and_usage")));
    views.create(
        "allocation.allocated_charges",
        """
        select id as x_AllocationId, id as x_ChargeId, cast(month as date) as x_BillingMonth, 'USD' as BillingCurrency,
            team as x_TeamId, cast(null as string) as x_ProjectId, kind as x_CostKind,
            if(kind = 'shared', 'k8s', null) as x_PoolId, 'Usage' as ChargeCategory, 'AWS' as ServiceProviderName,
            'EC2' as ServiceName, sku as SkuId, 'Hrs' as PricingUnit,
            cast(null as string) as CommitmentDiscountStatus, 'tag' as x_OwnerRuleId, cast(null as string) as AllocatedMethodId,
            cast(cost as decimal(38, 21)) as EffectiveCost
        from values ('a1', '2026-08-01', 'search', 'direct', 'p5', 100bd), ('a2', '2026-08-01', 'search', 'shared', 'eks', 10bd),
            ('s1', '2026-09-01', 'search', 'direct', 'p5', 130bd), ('s2', '2026-09-01', 'search', 'idle', 'p5', 20bd),
            ('s3', '2026-09-01', 'search', 'shared', 'eks', 4bd), ('s4', '2026-09-01', 'search', 'direct', 'p4', 7bd),
            ('s5', '2026-09-01', 'ads', 'direct', 'p5', 50bd), ('o1', '2026-10-01', 'search', 'direct', 'p5', 90bd)
            as charges (id, month, team, kind, sku, cost)
        """);
    views.create(
        "reporting.statements",
        "select cast(month as date) as billing_month, 'USD' as billing_currency, 'team' as"
            + " receiver_kind, 'search' as receiver_id, 'search' as team_id, '10' as cost_centre"
            + " from values ('2026-08-01'), ('2026-09-01') as months (month)");
    views.create(
        "reporting.statement_lines",
        "select date'2026-09-01' as billing_month, 'USD' as billing_currency, 'search' as"
            + " receiver_id, cast(null as date) as correction_of_month");
    views.create(
        "economics.receiver_cost_changes",
        """
        select date'2026-09-01' as billing_month, 'search' as receiver_id, 'USD' as billing_currency, basis, effect, pool as pool_id,
            if(basis = 'usage', 'AWS', null) as provider, if(basis = 'usage', 'EC2', null) as service, sku as sku_id,
            unit as pricing_unit, if(basis = 'usage', 'p5.48xlarge', null) as sku_name, if(basis = 'usage', 'hours of p5', null) as sku_description, quantity, quantity_before,
            cast(change as decimal(38, 21)) as change_cost
        from values ('usage', 'volume', null, 'p5', 'Hrs', 13bd, 10bd, 30bd), ('usage', 'price', null, 'p5', 'Hrs', 13bd, 10bd, 20bd),
            ('pool', 'pool_share', 'k8s', null, null, null, null, -6bd), ('calendar', 'calendar', null, null, null, null, null, -4bd)
            as changes (basis, effect, pool, sku, unit, quantity, quantity_before, change)
        """);
    new PublicViews(graph, CHARGES::equals).register(spark, Config.defaults(folder));
    createLines("50");
  }

  private void createLines(String changeOfSku) {
    views.create(
        "reporting.statement_changes",
        """
        select date'2026-09-01' as billing_month, 'team' as receiver_kind, 'search' as receiver_id, 'search' as team_id,
            'USD' as billing_currency, id as line_id, breakdown, members, basis, name, pool as pool_id,
            if(sku is null, null, 'AWS') as provider, if(sku is null, null, 'EC2') as service, sku as sku_id,
            if(sku is null, null, 'Hrs') as pricing_unit, if(sku is null, null, 'hours of p5') as sku_description,
            if(sku is null, null, 13bd) as quantity, if(sku is null, null, 10bd) as quantity_before,
            if(sku is null, null, 11.5bd) as unit_price, if(sku is null, null, 10bd) as unit_price_before,
            cast(change as decimal(38, 21)) as change_cost, cast(change as decimal(38, 2)) as change_shown
        from values ('x-01', 'effect', 1, 'volume', null, null, null, 30bd), ('x-02', 'effect', 1, 'calendar', null, null, null, -4bd),
            ('d-01', 'item', 1, 'usage', 'p5.48xlarge', null, 'p5', %sbd), ('d-02', 'item', 2, 'rest', null, null, null, -10bd)
            as lines (id, breakdown, members, basis, name, pool, sku, change)
        """
            .formatted(changeOfSku));
  }

  @AfterEach
  void dropViews() {
    spark.sql("drop view if exists spark_catalog." + CHARGES);
    views.close();
  }

  private static StatementPages pages() {
    return StatementPages.of(
        new TreeMap<>(
            Map.of(
                "changes.yml",
                PrintedLinesTest.before(
                    "  history:", PrintedLinesTest.resource("pages/changes")))));
  }

  private Map<String, ExplanationStep> explained() {
    PrintedLines lines = new PrintedLines(pages());
    return ExplainedLine.byId(
        new Explain(spark, lines).lines(lines.explainedBySums(spark).collectAsList()));
  }

  @Test
  void anItemIsSplitByEffectAndShowsItsChargesInBothMonthsOnce() {
    assertThat(explained().get("d-01").text())
        .isEqualTo(
            """
            d-01: change, hours of p5 (p5.48xlarge), from 10 to 13 Hrs, from USD 10.0000 to USD 11.5000 each  USD 50.00
            ├─ volume  USD 30.00
            ├─ price  USD 20.00
            ├─ charges of 2026-09: USD 150.00
            │  ├─ direct cost, by owner rule tag  USD 130.00
            │  │  └─ charge s1, which focus.cost_and_usage does not have  USD 130.00
            │  └─ idle cost, by owner rule tag  USD 20.00
            │     └─ charge s2, which focus.cost_and_usage does not have  USD 20.00
            └─ charges of 2026-08: USD 100.00
               └─ direct cost, by owner rule tag  USD 100.00
                  └─ charge a1, which focus.cost_and_usage does not have  USD 100.00
            The money adds up at each step.\
            """);
  }

  @Test
  void anEffectIsSplitByItemAndTheLineForAllOthersByBoth() {
    Map<String, ExplanationStep> lines = explained();
    assertThat(lines.get("x-01").text())
        .startsWith(
            """
            x-01: change, volume  USD 30.00
            └─ hours of p5 (p5.48xlarge), from 10 to 13 Hrs  USD 30.00
               ├─ charges of 2026-09: USD 150.00
            """);
    assertThat(lines.get("d-02").text())
        .isEqualTo(
            """
            d-02: change, everything else  USD −10.00
            ├─ pool k8s, pool share  USD −6.00
            │  ├─ charges of 2026-09: USD 4.00
            │  │  └─ shared cost, by owner rule tag, by way of pool k8s  USD 4.00
            │  │     └─ charge s3, which focus.cost_and_usage does not have  USD 4.00
            │  └─ charges of 2026-08: USD 10.00
            │     └─ shared cost, by owner rule tag, by way of pool k8s  USD 10.00
            │        └─ charge a2, which focus.cost_and_usage does not have  USD 10.00
            └─ the statement as a whole, calendar  USD −4.00
               └─ charges of 2026-08: USD 110.00
                  ├─ direct cost, by owner rule tag  USD 100.00
                  │  └─ charge a1, which focus.cost_and_usage does not have  USD 100.00
                  └─ shared cost, by owner rule tag, by way of pool k8s  USD 10.00
                     └─ charge a2, which focus.cost_and_usage does not have  USD 10.00
            The money adds up at each step.\
            """);
  }

  @Test
  void aLineThatItsEffectsDoNotAddUpToIsFound() {
    assertThat(LineAudit.differences(spark, lit(true), pages())).isEmpty();
    createLines("50.000000000000000000001");
    assertThat(LineAudit.differences(spark, lit(true), pages()))
        .extracting(Difference::shown)
        .isEqualTo(List.of("d-01 states 50.000000000000000000001, and what it sums adds up to 50"));
  }
}
