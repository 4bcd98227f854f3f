package costlake.close;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.testing.SparkHarness;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

/** Compares the unowned share of a month with figures computed by hand. */
class UnownedCostTest {
  private static final LocalDate SEPTEMBER = LocalDate.of(2026, 9, 1);

  @Test
  void theNewestMonthHasABilledCost() {
    Dataset<Row> costs =
        SparkHarness.spark()
            .sql(
                """
                select date(month) as billing_month, cast(null as date) as correction_of_month, 'USD' as billing_currency,
                    rule as rule_id, 'direct' as cost_kind, cast(billed as decimal(38,21)) as billed_cost,
                    cast(effective as decimal(38,21)) as effective_cost
                from values
                    ('2026-09-01', 'last_resort', 12, 1),
                    ('2026-09-01', 'tags', 0, 3),
                    ('2027-09-01', 'tags', 0, 1)
                    as t(month, rule, billed, effective)
                """);
    assertThat(UnownedCost.newest(costs))
        .extracting(UnownedCost::shown)
        .containsExactly("USD 1 unowned, 25.0 %");
    assertThat(UnownedCost.newest(costs).get(0).month()).isEqualTo(SEPTEMBER);
  }

  @Test
  void isWhatNoRuleNamedOverTheWholeByCurrencyWithoutSignsAndCorrections() {
    Dataset<Row> costs =
        SparkHarness.spark()
            .sql(
                """
                select date(month) as billing_month, date(corrected) as correction_of_month, currency as billing_currency,
                    rule as rule_id, kind as cost_kind, cast(cost as decimal(38,21)) as effective_cost
                from values
                    ('2026-09-01', null, 'USD', 'last_resort', 'direct', 30),
                    ('2026-09-01', null, 'USD', 'last_resort', 'credit', -10),
                    ('2026-09-01', null, 'USD', 'tags', 'direct', 55),
                    ('2026-09-01', null, 'USD', 'pool p', 'unallocated', 5),
                    ('2026-09-01', null, 'EUR', 'tags', 'direct', 7),
                    ('2026-09-01', '2026-08-01', 'USD', 'last_resort', 'direct', 1000),
                    ('2026-08-01', null, 'USD', 'last_resort', 'direct', 1000)
                    as t(month, corrected, currency, rule, kind, cost)
                """);
    assertThat(UnownedCost.of(costs, SEPTEMBER))
        .extracting(UnownedCost::shown)
        .isEqualTo(List.of("EUR 0 unowned, 0.0 %", "USD 45 unowned, 45.0 %"));
    assertThat(UnownedCost.of(costs, SEPTEMBER).get(1).ratio())
        .isEqualByComparingTo(new BigDecimal("0.45"));
  }
}
