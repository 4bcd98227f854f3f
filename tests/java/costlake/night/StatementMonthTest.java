package costlake.night;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.close.MonthClose;
import costlake.config.LakeConfig;
import costlake.core.BillingPeriod;
import costlake.explain.Explain.Subject;
import costlake.explain.ExplanationStep;
import java.nio.file.Path;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All pages of a statement are about the same month, even if charges are for use in another month.
 */
@Tag("night")
class StatementMonthTest {
  private static final String HEADER =
      "BilledCost,EffectiveCost,ListCost,ContractedCost,BillingCurrency,BillingAccountId,"
          + "ProviderName,PublisherName,InvoiceIssuerName,ServiceCategory,ServiceName,"
          + "ChargeCategory,ChargeFrequency,ChargeDescription,ChargePeriodStart,ChargePeriodEnd,"
          + "BillingPeriodStart,BillingPeriodEnd,Tags\n";

  @TempDir Path folder;

  @Test
  void aLateChargeOfAPoolIsOnThePageOfTheMonthWhoseBridgeHasIt() {
    TinyCompany company = new TinyCompany(folder, LakeConfig.Format.ICEBERG);
    company.write(
        "conf/allocation.yml",
        "pools:\n  - {id: net, name: Network, where: {ServiceProviderName: Microsoft}, driver: even}\n");
    company.deliver("20");
    company.write(
        "exports/azure/2026-10/part-0.csv",
        HEADER
            + line("Usage", "2026-10-01", "1.10", "2026-10")
            + line("Usage", "2026-09-30", "0.90", "2026-10")
            + line("Tax", "2026-10-01", "0.40", "2026-10"));
    company.night();
    List<String> september = List.of("2026-09 platform 3.30 3.30", "2026-09 search 3.30 3.30");
    List<String> october = List.of("2026-10 platform 1.00 1.00", "2026-10 search 1.00 1.00");
    assertThat(sharedByPagesAndBridge(company)).containsAll(september).containsAll(october);

    MonthClose.of(company.config(), company.lake(), BillingPeriod.parse("2026-09"), Instant.now())
        .close(List.of(), "tester");
    company.write(
        "exports/azure/2026-09/part-0.csv",
        HEADER
            + line("Usage", "2026-09-01", "4.10", "2026-09")
            + line("Usage", "2026-09-02", "4.50", "2026-09"));
    company.night();
    assertThat(sharedByPagesAndBridge(company))
        .as("two dollars more of a closed month are a correction, not shared cost of October")
        .containsExactlyInAnyOrder(
            september.get(0), september.get(1), october.get(0), october.get(1));
    assertThat(
            company.ask(
                "select concat_ws(' ', name, cost_shown) from reporting.statement_lines where"
                    + " line_id like '2026-10/search/USD/b-%' order by 1"))
        .containsExactly("correction 2026-09 1.00", "shared 1.00", "tax 0.20");
    ExplanationStep pool = company.explain("2026-10/search/USD/k-01", Subject.ANY);
    assertThat(pool.money()).isEqualByComparingTo("1");
    assertThat(pool.addsUp()).as(pool.text()).isTrue();
    assertThat(pool.parts()).hasSize(1);
  }

  private static String line(String category, String day, String cost, String month) {
    return "%2$s,%2$s,%2$s,%2$s,USD,acct-1,Microsoft,Microsoft,Microsoft,Compute,Virtual Machines,%1$s,Usage-Based,a machine,%3$sT00:00:00Z,%3$sT01:00:00Z,%4$s-01T00:00:00Z,%5$s-01T00:00:00Z,{}\n"
        .formatted(category, cost, day, month, YearMonth.parse(month).plusMonths(1));
  }

  /**
   * Returns, for each month and team, the sum of the shares on the page of pools and the shared
   * cost on the bridge.
   */
  private static List<String> sharedByPagesAndBridge(TinyCompany company) {
    return company.ask(
        "select concat_ws(' ', date_format(billing_month, 'yyyy-MM'), team_id, sum(share_shown),"
            + " max(cost_shown)) from reporting.statement_pools join (select billing_month, team_id,"
            + " cost_shown from reporting.statement_lines where breakdown = 'bridge' and name ="
            + " 'shared') using (billing_month, team_id) where team_id is not null group by billing_month, team_id");
  }
}
