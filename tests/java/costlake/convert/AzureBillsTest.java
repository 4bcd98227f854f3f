package costlake.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.build.Functions;
import costlake.core.Failure;
import costlake.testing.Duck;
import costlake.testing.Shared;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Converts Azure cost details and compares the sums with those that DuckDB computes from the
 * delivered files.
 */
class AzureBillsTest {
  private static final Path FIXTURE = Path.of("sources/azure/fixture");
  private static final Path ACTUAL = FIXTURE.resolve("2026-09/actual-cost.csv");
  private static final Path AMORTISED = FIXTURE.resolve("2026-09/amortized-cost.csv");

  @TempDir private Path dir;

  private String charges() {
    return Duck.parquet(dir.resolve("cost_and_usage"));
  }

  private ConvertReport convert(Path... bills) {
    ConvertReport report = Conversions.parquet(dir, bills);
    report.requireWhole();
    report.requireTied();
    return report;
  }

  /** Returns the number of rows and the sums of BilledCost and EffectiveCost. */
  private String sums() {
    return Duck.rows("select count(*), sum(BilledCost), sum(EffectiveCost) from " + charges())
        .get(0);
  }

  private static String delivered(Path file, String condition) {
    return Duck.rows(
            "select sum(cast(CostInBillingCurrency as decimal(38,21))) from "
                + Duck.csv(file)
                + " where "
                + condition)
        .get(0);
  }

  @Test
  void countsEachChargeOfActualAndAmortisedCostsOnce() {
    ConvertReport report = convert(FIXTURE);
    assertThat(report.rowsIn()).isEqualTo(25);
    // The 15 charges are all 12 amortised lines, two purchases and one refund of commitments.
    assertThat(sums()).isEqualTo("15 | 2071.28478408 | 363.31598408");
    assertThat(delivered(ACTUAL, "true")).isEqualTo("2071.28478408");
    assertThat(delivered(AMORTISED, "true")).isEqualTo("363.31598408");
    assertThat(
            Duck.rows(
                """
                select x_LineItemType, ChargeCategory, CommitmentDiscountType, sum(BilledCost), sum(EffectiveCost)
                from %s where CommitmentDiscountId is not null group by all order by all"""
                    .formatted(charges())))
        .containsExactly(
            "Purchase | Purchase | Reservation | 1982.4 | 0",
            "Purchase | Purchase | Savings Plan | 148.8 | 0",
            "Refund | Purchase | Reservation | -413 | 0",
            "UnusedReservation | Usage | Reservation | 0 | 1.8104",
            "UnusedSavingsPlan | Usage | Savings Plan | 0 | 0.48",
            "Usage | Usage | Reservation | 0 | 3.6208",
            "Usage | Usage | Savings Plan | 0 | 4.32");
  }

  @Test
  void saysWhatFollowsIfTheAmortisedCostsAreMissing() {
    ConvertReport report = convert(ACTUAL);
    assertThat(sums()).isEqualTo("13 | 2071.28478408 | 2071.28478408");
    assertThat(report.changes()).containsEntry("effective_cost_from_billed_cost", 5L);
  }

  @Test
  void saysWhatFollowsIfTheActualCostsAreMissing() {
    ConvertReport report = convert(AMORTISED);
    String billed =
        delivered(AMORTISED, "coalesce(PricingModel, '') not in ('Reservation', 'SavingsPlan')");
    assertThat(sums()).isEqualTo("12 | " + billed + " | 363.31598408");
    assertThat(report.changes()).containsEntry("purchases_of_commitments_not_delivered", 4L);
  }

  /** The amortised costs of an Enterprise Agreement have 22 to 24 digits after the point. */
  @Test
  void roundsCostsWithMoreDigitsThanMoneyHoldsAndSaysSo() throws IOException {
    Path bill = dir.resolve("amortized-cost.csv");
    Files.writeString(
        bill,
        Files.readString(AMORTISED)
            .replace(",88.152,", ",88.152000000000000000000637,")
            .replace(",7.15,", ",7.1500000000000000000012,"));
    ConvertReport report = convert(bill);
    assertThat(report.changes()).containsEntry("rounded_to_21_digits:CostInBillingCurrency", 2L);
    // 88.152 + 7.15 is billed as usage; 0.637 and 0.2 of the last digit become 1 and 0.
    assertThat(
            Duck.rows(
                "select sum(BilledCost), sum(EffectiveCost) from %s where BilledCost in (88.152000000000000000001, 7.150000000000000000001)"
                    .formatted(charges())))
        .containsExactly("95.302000000000000000002 | 95.302000000000000000002");
    assertThat(report.notices())
        .singleElement()
        .asString()
        .contains(
            "2 costs have more than 21 digits after the point and were rounded; delivered minus"
                + " rounded is -0.000000000000000000000163");
  }

  @Test
  void keepsTheSumOfRealRowsWithMoreDigits() throws IOException {
    Path real = Shared.path("data/billing/azure/ea_usage_export.csv");
    Path bill = dir.resolve("long.csv");
    Files.writeString(
        bill,
        Files.readString(real)
            .replaceAll("(?i),(0\\.\\d{9}),,microsoft", ",$11000000000000001,,microsoft"));
    String exact = "select sum(cast(CostInBillingCurrency as decimal(38,25))) from ";
    ConvertReport report = convert(bill);
    long rounded = report.changes().get("rounded_to_21_digits:CostInBillingCurrency");
    assertThat(rounded).isPositive();
    assertThat(
            Duck.rows(
                "select (%s) - sum(BilledCost) from %s"
                    .formatted(exact + Duck.csv(bill), charges())))
        .containsExactly(BigDecimal.valueOf(rounded, 25).stripTrailingZeros().toPlainString());
  }

  @Test
  void refusesAmortisedCostsOfAnotherMonthThanTheActual() throws IOException {
    Path august = dir.resolve("amortized-cost.csv");
    Files.writeString(
        august,
        Files.readString(AMORTISED)
            .replaceAll("\\b0?9/(\\d+)/2026", "08/$1/2026")
            .replace("2026-09-", "2026-08-"));
    assertThatThrownBy(() -> convert(ACTUAL, august))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll(
            "\"billing_period\":\"2026-08-01\"",
            "the actual costs of this month are missing, and the amortised costs of another month",
            "the actual and the amortised export of the same scope and month");
    assertThat(dir).isDirectoryNotContaining("glob:**cost_and_usage*");
  }

  @Test
  void refusesCostsThatAreGivenTwice() throws IOException {
    Path earlier = dir.resolve("actual-cost-earlier.csv");
    Files.write(earlier, Files.readAllLines(ACTUAL).subList(0, 8));
    assertThatThrownBy(() -> convert(ACTUAL, earlier, AMORTISED))
        .isInstanceOf(Failure.class)
        .hasMessageContainingAll(
            "azure_costs_add_up fails", "BilledCost differs from the actual costs");
    assertThat(dir).isDirectoryNotContaining("glob:**cost_and_usage*");
  }

  @Test
  void tellsServiceSkuAndResource() {
    convert(FIXTURE);
    assertThat(
            Duck.rows(
                """
                select distinct ServiceName, ServiceCategory, ResourceType, SkuMeter, PricingCategory, PricingUnit
                from %s where ChargeCategory = 'Usage' and CommitmentDiscountId is null order by all"""
                    .formatted(charges())))
        .containsExactly(
            "Azure Machine Learning | AI and Machine Learning | Azure Machine Learning workspace |"
                + " vCPU Surcharge | Standard | Hours",
            "Azure OpenAI Service | AI and Machine Learning | Azure AI Foundry | gpt-4o Input Tokens |"
                + " Standard | 1000000 Tokens",
            "Storage Accounts | Storage | Storage account | LRS Class 2 Operations | Standard | 10000"
                + " Units",
            "Virtual Machine Scale Sets | Compute | Virtual machine scale set instance | NC24ads A100"
                + " v4 Spot | Dynamic | Hours",
            "Virtual Machines | Compute | Disk | P30 LRS Disk | Standard | Units/Month",
            "Virtual Machines | Compute | Virtual machine | NC24ads A100 v4 | Standard | 100 Hours");
    assertThat(
            Duck.rows(
                """
                select ServiceName, ServiceProviderName, HostProviderName, ChargeFrequency, BilledCost from %s
                where ServiceProviderName <> 'Microsoft'"""
                    .formatted(charges())))
        .containsExactly("Label Co. | Label Co. | Label Co. | Recurring | 250");
  }

  @Test
  void pricesBlocksWhetherQuantityCountsUnitsOrBlocks() {
    convert(FIXTURE);
    assertThat(
            Duck.rows(
                """
                select PricingUnit, PricingQuantity, ContractedUnitPrice, ContractedCost, ConsumedQuantity, ConsumedUnit
                from %s where PricingUnit similar to '[0-9]+ .*' order by all"""
                    .formatted(charges())))
        .containsExactly(
            "100 Hours | 0.24 | 367.3 | 88.152 | 24 | Hours",
            "10000 Units | 0.0129 | 0.004 | 0.0000516 | 129 | Units",
            "1000000 Tokens | 1.234567 | 2.5 | 3.0864175 | 1234567 | Tokens");
  }

  @Test
  void meetsTheNodeOfACluster() {
    convert(FIXTURE);
    String set =
        "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/mc_ml_aks_eastus"
            + "/providers/Microsoft.Compute/virtualMachineScaleSets/aks-gpu-12345678-vmss";
    SparkSession spark = SparkHarness.spark().newSession();
    Functions.register(spark);
    assertThat(
            spark
                .read()
                .parquet(dir.resolve("cost_and_usage").toString())
                .selectExpr(
                    "charge_key(ResourceId, ResourceName, HostProviderName, SubAccountId, '') as node",
                    "Tags")
                .where("node = machine_key('azure://" + set + "/virtualMachines/7')")
                .select("Tags")
                .collectAsList())
        .singleElement()
        .asString()
        .contains("\"team\":\"research\"");
  }

  @ParameterizedTest
  @CsvSource({
    "ea_usage_export.csv, CAD, 27",
    "cost_export_v2.csv, MC, 5",
    "generated_cost_export_2026-09.csv.gz, USD, 420"
  })
  void keepsTheSumOfRealExports(String file, String currency, long rows) {
    Path bill = Shared.path("data/billing/azure/" + file);
    ConvertReport report = convert(bill);
    assertThat(report.rowsIn()).isEqualTo(rows);
    assertThat(report.rowsOut()).isEqualTo(rows);
    assertThat(report.money()).singleElement().matches(m -> m.currency().equals(currency));
    String sums =
        """
        select strftime(coalesce(try_strptime(Date, '%Y-%m-%d'), strptime(Date, '%m/%d/%Y')), '%Y-%m-%d') as day,
          ChargeType, SubscriptionId, count(*), sum(cast(CostInBillingCurrency as decimal(38,21))) as billed, billed
        from
        """;
    assertThat(
            Duck.rows(
                """
                select strftime(ChargePeriodStart, '%%Y-%%m-%%d'), x_LineItemType, SubAccountId, count(*),
                    sum(BilledCost), sum(EffectiveCost)
                from %s group by all order by all"""
                    .formatted(charges())))
        .isEqualTo(Duck.rows(sums + Duck.csv(bill) + " group by all order by all"));
    assertThat(Files.exists(dir.resolve("rejects.csv"))).isFalse();
  }

  @Test
  void readsEveryDocumentedSpelling() throws Exception {
    Path bill = dir.resolve("old.csv");
    Files.writeString(
        bill,
        """
        SubscriptionGuid,ResourceGroup,ResourceLocation,UsageDateTime,MeterCategory,MeterSubcategory,MeterId,MeterName,MeterRegion,UsageQuantity,ResourceRate,PreTaxCost,ConsumedService,ResourceType,InstanceId,Tags,OfferId,AdditionalInfo,ServiceInfo1,ServiceInfo2,ServiceName,ServiceTier,Currency,UnitOfMeasure
        s-1,rg,US East,2026-09-02T00:00:00Z,Virtual Machines,Dv3,m-1,D4 v3,US East,2,0.2,0.4,Microsoft.Compute,Microsoft.Compute/virtualMachines,/subscriptions/s-1/resourceGroups/rg/providers/Microsoft.Compute/virtualMachines/a,,,,,,,,USD,1 Hour
        """);
    Path modern = dir.resolve("mca.csv");
    Files.writeString(
        modern,
        """
        invoiceId,billingAccountId,billingProfileId,billingProfileName,billingPeriodEndDate,billingPeriodStartDate,date,meterId,meterName,meterCategory,ProductId,ProductName,SubscriptionId,publisherType,resourceGroupName,ResourceId,resourceLocation,effectivePrice,quantity,unitOfMeasure,chargeType,billingCurrency,pricingCurrency,costInBillingCurrency,costInPricingCurrency,paygCostInBillingCurrency,exchangeRatePricingToBilling,PayGPrice,frequency,pricingModel,unitPrice
        I-1,a:b,P-1,Profile,09/30/2026,09/01/2026,09/03/2026,m-2,D4,Virtual Machines,DZH1,Words,s-2,Microsoft,rg,,eastus,2,10,1 Hour,Usage,EUR,USD,18,20,36,0.9,4,UsageBased,OnDemand,2
        """);
    convert(bill, modern);
    assertThat(
            Duck.rows(
                """
                select SubAccountId, BillingAccountId, BillingCurrency, BilledCost, ListCost, ContractedUnitPrice,
                    PricingCurrencyContractedUnitPrice, RegionId, ServiceName, strftime(BillingPeriodStart, '%%Y-%%m-%%d')
                from %s order by all"""
                    .formatted(charges())))
        .isEqualTo(
            List.of(
                "s-1 | s-1 | USD | 0.4 | 0.4 | 0.2 | 0.2 | eastus | Virtual Machines | 2026-09-01",
                "s-2 | P-1 | EUR | 18 | 36 | 1.8 | 2 | eastus | Virtual Machines | 2026-09-01"));
  }
}
