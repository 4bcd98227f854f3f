package costlake.convert;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.testing.Duck;
import costlake.testing.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Compares the models with a separate mapping in DuckDB: the four costs must be equal by line type,
 * category and day, to the last digit.
 */
class SecondOpinionTest {
  /** Columns that older bills lack. The test adds them without values. */
  private static final List<String> OPTIONAL =
      List.of(
          "lineItem/NetUnblendedCost",
          "reservation/ReservationARN",
          "reservation/EffectiveCost",
          "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod",
          "reservation/UnusedRecurringFee",
          "savingsPlan/SavingsPlanARN",
          "savingsPlan/SavingsPlanEffectiveCost",
          "savingsPlan/TotalCommitmentToDate",
          "savingsPlan/UsedCommitment",
          "splitLineItem/ParentResourceId",
          "pricing/publicOnDemandCost");

  private static final String MAPPING =
      """
      with native as (
        select "lineItem/LineItemType" as type,
          cast(cast("lineItem/UsageStartDate" as timestamp) as date) as day,
          "lineItem/UsageAccountId" as account,
          "savingsPlan/SavingsPlanARN" as plan,
          "reservation/ReservationARN" as reservation,
          "splitLineItem/ParentResourceId" as parent,
          cast(coalesce("lineItem/NetUnblendedCost", "lineItem/UnblendedCost") as decimal(38,21)) as net,
          cast("lineItem/UnblendedCost" as decimal(38,21)) as gross,
          cast("pricing/publicOnDemandCost" as decimal(38,21)) as list,
          cast("reservation/EffectiveCost" as decimal(38,21)) as ri_cost,
          cast("savingsPlan/SavingsPlanEffectiveCost" as decimal(38,21)) as sp_cost,
          case type
            when 'RIFee' then
              cast("reservation/UnusedAmortizedUpfrontFeeForBillingPeriod" as decimal(37,21))
              + cast("reservation/UnusedRecurringFee" as decimal(37,21))
            when 'SavingsPlanRecurringFee' then
              (cast("savingsPlan/TotalCommitmentToDate" as decimal(18,10))
              - cast("savingsPlan/UsedCommitment" as decimal(18,10)))
          end as unused,
          row_number() over () as n
        from (select * from blank union all by name select nullif(columns(*), '') from delivered)
      ),
      rests as (
        select plan, account, day, sum(net) as rest,
          coalesce(min(n) filter (type = 'SavingsPlanNegation'), min(n)) as n
        from native where type in ('SavingsPlanCoveredUsage', 'SavingsPlanNegation')
        group by all
      ),
      whole as (
        select coalesce(plan, reservation) as commitment,
          count(*) filter (type in ('DiscountedUsage', 'SavingsPlanCoveredUsage') and ri_cost is null and sp_cost is null
            or type in ('RIFee', 'SavingsPlanRecurringFee') and unused is null) = 0
          and count(coalesce(ri_cost, sp_cost, unused)) > 0 as is_whole
        from native where coalesce(plan, reservation) is not null and parent is null
        group by all
      ),
      charges as (
        select type, day,
          case when type in ('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage') or type like '%Discount'
              or type = 'Refund' then 'Usage'
            when type in ('RIFee', 'Fee', 'SavingsPlanRecurringFee', 'SavingsPlanUpfrontFee') then 'Purchase'
            when type in ('Tax', 'Credit') then type
            else 'Adjustment' end as category,
          coalesce(rest, 0) as left_over,
          case when type in ('SavingsPlanCoveredUsage', 'SavingsPlanNegation') then left_over else net end as billed,
          case when not coalesce(is_whole, false) then billed
            when type = 'SavingsPlanCoveredUsage' then sp_cost + left_over
            when type = 'DiscountedUsage' then ri_cost
            when type = 'SavingsPlanUpfrontFee' or reservation is not null and type = 'Fee' then 0
            when unused is not null then 0
            else billed end as effective,
          case when type in ('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage') and parent is null
              then coalesce(list, net)
            when type like '%Discount' then 0
            when category = 'Purchase' then gross
            else billed end as listed,
          case when type = 'SavingsPlanCoveredUsage' then net
            when type = 'DiscountedUsage' then list
            else billed end as contracted
        from native left join rests using (plan, account, day, n)
          left join whole on coalesce(plan, reservation) = commitment
        union all by name
        select type, day, 'Usage' as category, 0 as left_over, 0 as billed,
          case when net = gross then unused else unused * cast(net / gross as decimal(18,10)) end as effective,
          if(plan is null, effective, unused) as listed, effective as contracted
        from native join whole on coalesce(plan, reservation) = commitment and is_whole
        where unused <> 0
      )
      select type, category, day, count(*),
        cast(sum(billed) as decimal(38,21)), cast(sum(effective) as decimal(38,21)),
        cast(sum(listed) as decimal(38,21)), cast(sum(contracted) as decimal(38,21))
      from charges group by all order by all
      """;

  @TempDir private Path dir;

  @Test
  void agreesOnEveryLineType() {
    agrees(Conversions.EVERY_LINE_TYPE, 23);
  }

  /** If one of these columns is missing, commitments are not amortised and have no unused parts. */
  @ParameterizedTest
  @CsvSource({
    "reservation/EffectiveCost, 22",
    "reservation/UnusedAmortizedUpfrontFeeForBillingPeriod, 22",
    "reservation/UnusedRecurringFee, 22",
    "savingsPlan/SavingsPlanEffectiveCost, 21",
    "savingsPlan/UsedCommitment, 21"
  })
  void agreesWhereAColumnOfAmortisationIsMissing(String column, int groups) throws IOException {
    String bill = Files.readString(Conversions.EVERY_LINE_TYPE);
    agrees(Files.writeString(dir.resolve("bill.csv"), bill.replace(column, "x/Other")), groups);
    String family = column.startsWith("savingsPlan") ? "Savings Plan" : "Reserved Instance";
    assertThat(
            Duck.rows(
                "select sum(EffectiveCost - BilledCost) from "
                    + Duck.parquet(dir.resolve("cost_and_usage"))
                    + " where CommitmentDiscountType = '"
                    + family
                    + "'"))
        .containsExactly("0");
  }

  @Test
  void agreesOnARealBill() {
    agrees(Shared.path("data/billing/aws/cur_legacy_2023-11.csv"), 15);
  }

  @Test
  void agreesOnARealBucket() {
    Path bucket = Shared.path("data/billing/aws/s3-bucket");
    agrees(bucket.resolve(FocusOfRealBillsTest.BUCKET_FILE), 45);
  }

  private void agrees(Path bill, int groups) {
    Conversions.parquet(dir, bill);
    List<String> ours =
        Duck.rows(
            "select x_LineItemType, ChargeCategory, x_ChargeDate, count(*), sum(BilledCost),"
                + " sum(EffectiveCost), sum(ListCost), sum(ContractedCost) from "
                + Duck.parquet(dir.resolve("cost_and_usage"))
                + " group by all order by all");
    List<String> theirs =
        Duck.rows(
            "with delivered as (select * from "
                + Duck.csv(bill)
                + "), blank as (select "
                + OPTIONAL.stream()
                    .map("cast(null as varchar) as \"%s\""::formatted)
                    .collect(Collectors.joining(", "))
                + " where false), "
                + MAPPING.substring("with ".length()));
    assertThat(ours).hasSize(groups);
    assertThat(ours).isEqualTo(theirs);
  }
}
