package costlake.explain;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import costlake.explain.LineAudit.Difference;
import costlake.report.StatementPages;
import costlake.testing.CatalogViews;
import costlake.testing.SparkHarness;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lines of a page against the charges that their condition selects. */
class LineAuditTest {
  private static final String PAGE =
      """
      title: Pools
      place: 10
      tables:
        pools:
          table: statement_pools
          sheet: 1
          order: [line_id]
          columns: [line_id, members, pool_id, effective_cost, share_shown]
          explain:
            subject: pool_id
            cost: effective_cost
            shown: share_shown
            label: pool_id
            sums:
              of: allocation.allocated_charges
              where: x_CostKind = 'shared'
              names: {pool_id: x_PoolId}
      """;

  private final SparkSession spark = SparkHarness.spark();
  private final CatalogViews views = new CatalogViews(spark);

  /** Pool a costs search 3 and ads 2, which a project shares; the pools b and c cost search 4. */
  @BeforeEach
  void createCharges() {
    views.create(
        "allocation.allocated_charges",
        """
        select date'2026-09-01' as x_BillingMonth, 'USD' as BillingCurrency, team as x_TeamId, project as x_ProjectId,
            kind as x_CostKind, pool as x_PoolId, cast(cost as decimal(38, 21)) as EffectiveCost
        from values ('search', 'ranker', 'shared', 'a', 2bd), ('search', null, 'shared', 'a', 1bd),
            ('ads', null, 'shared', 'a', 2bd), ('search', null, 'shared', 'b', 3bd), ('search', null, 'shared', 'c', 1bd),
            ('search', null, 'direct', 'a', 7bd) as charges (team, project, kind, pool, cost)
        """);
    views.create(
        "reporting.statements",
        """
        select date'2026-09-01' as billing_month, 'USD' as billing_currency, kind as receiver_kind, id as receiver_id,
            if(kind = 'team', id, null) as team_id, centre as cost_centre
        from values ('team', 'search', '10'), ('team', 'ads', '20'), ('cost_centre', 'centre.10', null),
            ('project', 'project.ranker', null), ('company', 'company.all', null) as statements (kind, id, centre)
        """);
    createLines("cast(null as date)");
  }

  private void createLines(String correctionOfCompany) {
    views.create(
        "reporting.statement_lines",
        "select date'2026-09-01' as billing_month, 'USD' as billing_currency, 'company.all' as"
            + " receiver_id, %s as correction_of_month".formatted(correctionOfCompany));
  }

  private void createPools(String costOfCompany) {
    views.create(
        "reporting.statement_pools",
        """
        select date'2026-09-01' as billing_month, 'USD' as billing_currency, id as receiver_id,
            concat(id, '/', place) as line_id, members, pool as pool_id, cast(cost as decimal(38, 21)) as effective_cost
        from values ('search', 1, 1, 'a', 3bd), ('search', 2, 2, null, 4bd), ('ads', 1, 1, 'a', 2bd),
            ('centre.10', 1, 2, null, 7bd), ('project.ranker', 1, 1, 'a', 2bd), ('company.all', 1, 1, 'a', %s),
            ('company.all', 2, 2, null, 4bd), ('company.all', 3, 1, 'without charges', null)
            as lines (id, place, members, pool, cost)
        """
            .formatted(costOfCompany));
  }

  private List<String> wrong(String page) {
    return LineAudit.differences(
            spark, lit(true), StatementPages.of(new TreeMap<>(Map.of("pools.yml", page))))
        .stream()
        .map(Difference::shown)
        .toList();
  }

  @AfterEach
  void dropViews() {
    views.close();
  }

  @Test
  void everyLineIsTheSumOfItsCharges() {
    createPools("5bd");
    assertThat(wrong(PAGE)).isEmpty();
  }

  @Test
  void aLineOfSeveralMembersSumsTheRowsThatItNamesIfEachLineNamesItsOwn() {
    views.create(
        "reporting.statement_pools",
        """
        select date'2026-09-01' as billing_month, 'USD' as billing_currency, 'company.all' as receiver_id,
            pool as line_id, members, pool as pool_id, cast(cost as decimal(38, 21)) as effective_cost
        from values ('a', 2, 5bd), ('b', 1, 3bd), ('c', 3, 1bd) as lines (pool, members, cost)
        """);
    assertThat(wrong(PAGE)).hasSize(2);
    assertThat(wrong(PAGE.replace("where: x_Cost", "names_all: true\n        where: x_Cost")))
        .isEmpty();
  }

  @Test
  void aFigureThatDiffersInTheLastDigitIsFound() {
    createPools("5.000000000000000000001");
    assertThat(wrong(PAGE))
        .containsExactly(
            "company.all/1 states 5.000000000000000000001, and what it sums adds up to 5");
  }

  @Test
  void aWrongConditionIsFound() {
    createPools("5bd");
    assertThat(wrong(PAGE.replace("x_CostKind = 'shared'", "x_CostKind <> 'idle'")))
        .containsExactly(
            "centre.10/1 states 7, and what it sums adds up to 14",
            "company.all/1 states 5, and what it sums adds up to 12",
            "search/1 states 3, and what it sums adds up to 10");
    assertThat(wrong(PAGE.replace("pool_id: x_PoolId", "pool_id: upper(x_PoolId)")))
        .as("lines for all others have everything, those with a name nothing")
        .hasSize(6);
  }

  @Test
  void aStatementWithCorrectionsIsLeftOut() {
    createPools("6bd");
    assertThat(wrong(PAGE)).hasSize(1);
    createLines("date'2026-08-01'");
    assertThat(wrong(PAGE)).isEmpty();
  }
}
