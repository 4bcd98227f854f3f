package costlake.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/** The same mapping and group-by in DuckDB, in a process of its own. */
final class DuckPeer {
  private static final String MONEY = "cast(cast(%s as varchar) as decimal(38,21))";

  private DuckPeer() {}

  /** Maps the files of the first argument into the folder of the second, with so many threads. */
  public static void main(String[] args) throws SQLException {
    String files = args[0];
    String source =
        files.endsWith("parquet")
            ? "read_parquet('" + files + "')"
            : "read_csv('" + files + "', all_varchar=true)";
    String to = Path.of(args[1]).toString();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("set threads=" + args[2]);
      statement.execute("set TimeZone='UTC'");
      statement.execute("set preserve_insertion_order=false");
      double map =
          timed(
              statement,
              "copy ("
                  + mapping(source, files.endsWith("parquet"))
                  + ") to '"
                  + to
                  + "' (format parquet, compression zstd, partition_by (x_ChargeDate))");
      double group =
          timed(
              statement,
              "select SubAccountId, ServiceName, sum(EffectiveCost) from read_parquet('"
                  + to
                  + "/*/*.parquet') group by all");
      try (ResultSet rows =
          statement.executeQuery("select count(*) from read_parquet('" + to + "/*/*.parquet')")) {
        rows.next();
        System.out.printf(Locale.ROOT, "%.3f %.3f %d%n", map, group, rows.getLong(1));
      }
    }
  }

  private static double timed(Statement statement, String sql) throws SQLException {
    long start = System.nanoTime();
    statement.execute(sql);
    return (System.nanoTime() - start) / 1e9;
  }

  private static String money(String column) {
    return MONEY.formatted(column);
  }

  /** The 65 columns of FOCUS 1.4 and those that say where a charge is from. */
  private static String mapping(String source, boolean maps) {
    String type = "line_item_line_item_type";
    String tags = maps ? "to_json(resource_tags)" : "resource_tags";
    String product =
        maps ? "product['product_name']" : "json_extract_string(product, '$.product_name')";
    String committed = type + " in ('SavingsPlanCoveredUsage', 'DiscountedUsage')";
    String billed =
        "case when "
            + type
            + " in ('SavingsPlanCoveredUsage', 'SavingsPlanNegation') then 0 else "
            + money("coalesce(line_item_net_unblended_cost, line_item_unblended_cost)")
            + " end";
    String effective =
        "case "
            + type
            + " when 'SavingsPlanCoveredUsage' then "
            + money("savings_plan_savings_plan_effective_cost")
            + " when 'DiscountedUsage' then "
            + money("reservation_effective_cost")
            + " when 'SavingsPlanRecurringFee' then "
            + money("savings_plan_total_commitment_to_date")
            + " - "
            + money("savings_plan_used_commitment")
            + " when 'RIFee' then "
            + money("reservation_unused_recurring_fee")
            + " + "
            + money("reservation_unused_amortized_upfront_fee_for_billing_period")
            + " else "
            + billed
            + " end";
    String none = "cast(null as varchar)";
    return "select "
        + none
        + " AllocatedMethodDetails, "
        + none
        + " AllocatedMethodId, "
        + none
        + " AllocatedResourceId, "
        + none
        + " AllocatedResourceName, "
        + none
        + " AllocatedTags,"
        + " line_item_availability_zone AvailabilityZone, "
        + billed
        + " BilledCost,"
        + " bill_payer_account_id BillingAccountId, bill_payer_account_name BillingAccountName,"
        + " 'Payer Account' BillingAccountType, line_item_currency_code BillingCurrency,"
        + " cast(bill_billing_period_end_date as timestamp) BillingPeriodEnd,"
        + " cast(bill_billing_period_start_date as timestamp) BillingPeriodStart, "
        + none
        + " CapacityReservationId, "
        + none
        + " CapacityReservationStatus,"
        + " case when "
        + type
        + " in ('Tax', 'Credit') then "
        + type
        + " when "
        + type
        + " like '%Fee' then 'Purchase' when "
        + type
        + " = 'SavingsPlanNegation' then 'Adjustment' else 'Usage' end ChargeCategory,"
        + " case when "
        + type
        + " = 'Refund' then 'Correction' end ChargeClass,"
        + " line_item_line_item_description ChargeDescription, case when "
        + type
        + " in ('RIFee', 'SavingsPlanRecurringFee') then 'Recurring' else 'Usage-Based' end ChargeFrequency,"
        + " cast(line_item_usage_end_date as timestamp) ChargePeriodEnd,"
        + " cast(line_item_usage_start_date as timestamp) ChargePeriodStart,"
        + " case when savings_plan_savings_plan_a_r_n is not null then 'Spend' when"
        + " reservation_reservation_a_r_n is not null then 'Usage' end CommitmentDiscountCategory,"
        + " coalesce(savings_plan_savings_plan_a_r_n, reservation_reservation_a_r_n) CommitmentDiscountId, "
        + none
        + " CommitmentDiscountName, case when "
        + committed
        + " then "
        + money("line_item_usage_amount")
        + " end CommitmentDiscountQuantity, case when "
        + committed
        + " then 'Used' end CommitmentDiscountStatus, "
        + none
        + " CommitmentDiscountType, "
        + none
        + " CommitmentDiscountUnit, "
        + none
        + " CommitmentProgramEligibilityDetails, "
        + money("line_item_usage_amount")
        + " ConsumedQuantity, pricing_unit ConsumedUnit, "
        + none
        + " ContractApplied, "
        + billed
        + " ContractedCost, "
        + money("line_item_unblended_rate")
        + " ContractedUnitPrice, "
        + effective
        + " EffectiveCost, 'AWS' HostProviderName, "
        + none
        + " InvoiceDetailId, bill_invoice_id InvoiceId, bill_invoicing_entity InvoiceIssuerName,"
        + " coalesce("
        + money("pricing_public_on_demand_cost")
        + ", "
        + billed
        + ") ListCost, "
        + money("pricing_public_on_demand_rate")
        + " ListUnitPrice, case when "
        + committed
        + " then 'Committed' when pricing_term = 'Spot' then 'Dynamic' else 'Standard' end PricingCategory,"
        + " line_item_currency_code PricingCurrency, cast(null as decimal(38,21))"
        + " PricingCurrencyContractedUnitPrice, cast(null as decimal(38,21))"
        + " PricingCurrencyEffectiveCost, cast(null as decimal(38,21)) PricingCurrencyListUnitPrice, "
        + money("line_item_usage_amount")
        + " PricingQuantity, pricing_unit PricingUnit,"
        + " product_region_code RegionId, product_location RegionName, line_item_resource_id ResourceId, "
        + none
        + " ResourceName, split_part(line_item_resource_id, ':', 3) ResourceType,"
        + " product_product_family ServiceCategory, coalesce("
        + product
        + ", line_item_product_code) ServiceName, 'AWS' ServiceProviderName,"
        + " 'Other (Other)' ServiceSubcategory, product_sku SkuId, line_item_usage_type SkuMeter,"
        + " json_object('InstanceType', product_instance_type) SkuPriceDetails,"
        + " coalesce(pricing_rate_code, pricing_rate_id, product_sku) SkuPriceId,"
        + " line_item_usage_account_id SubAccountId, line_item_usage_account_name SubAccountName,"
        + " 'Linked Account' SubAccountType, "
        + tags
        + " Tags,"
        + " concat_ws('/', 'aws-payer', filename, file_row_number) x_ChargeId,"
        + " cast(line_item_usage_start_date as date) x_ChargeDate, 'aws-payer' x_SourceId,"
        + " filename x_SourceFile, file_row_number x_SourceRow, "
        + type
        + " x_LineItemType, line_item_usage_type x_UsageType, line_item_operation x_Operation,"
        + " json_object('identity_line_item_id', identity_line_item_id, 'pricing_term', pricing_term,"
        + " 'product_servicecode', product_servicecode, 'product_family', product_product_family,"
        + " 'entity', bill_billing_entity, 'bill_type', bill_bill_type, 'legal', line_item_legal_entity)"
        + " x_SourceColumns from "
        + identified(source, maps);
  }

  private static String identified(String source, boolean maps) {
    String open = source.substring(0, source.length() - 1);
    return maps
        ? open + ", filename=true, file_row_number=true)"
        : "(select *, row_number() over () as file_row_number from " + open + ", filename=true))";
  }
}
