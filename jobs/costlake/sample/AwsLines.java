package costlake.sample;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the lines of an AWS bill, with the values that all lines of the same kind have. */
final class AwsLines {
  static final String ISSUER = "Amazon Web Services, Inc.";
  private static final String SKU = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
  private static final int COST_SCALE = 10;
  private static final MathContext DOUBLE_EXACT = new MathContext(15, RoundingMode.HALF_EVEN);

  private final SampleCompany company;
  private final YearMonth month;
  private final SeededRandom random;
  private final String invoice;
  private long count;

  AwsLines(SampleCompany company, YearMonth month, SeededRandom random) {
    this.company = company;
    this.month = month;
    this.random = random;
    this.invoice = "20" + random.with("invoice").with(month.toString()).text("0123456789", 8);
  }

  /** Rounds a cost as AWS does: to ten decimal places and 15 digits, which a double can hold. */
  static BigDecimal cost(BigDecimal exact) {
    return exact
        .setScale(COST_SCALE, RoundingMode.HALF_EVEN)
        .round(DOUBLE_EXACT)
        .stripTrailingZeros();
  }

  static String sku(String of, SeededRandom random) {
    return random.with("sku").with(of).text(SKU, 16);
  }

  String invoice() {
    return invoice;
  }

  Instant start() {
    return instant(month.atDay(1));
  }

  Instant end() {
    return instant(month.plusMonths(1).atDay(1));
  }

  static Instant instant(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  ExportLine line(String account, String type, Instant from, Instant to) {
    count++;
    ExportLine line = new ExportLine(ExportColumns.AWS_POSITIONS);
    return line.set("bill_bill_type", "Anniversary")
        .set("bill_billing_entity", "AWS")
        .set("bill_billing_period_start_date", start())
        .set("bill_billing_period_end_date", end())
        .set("bill_invoice_id", invoice)
        .set("bill_invoicing_entity", ISSUER)
        .set("bill_payer_account_id", SampleCompany.PAYER)
        .set("bill_payer_account_name", company.accountName(SampleCompany.PAYER))
        .set("identity_line_item_id", random.with(month.toString()).with(count).hex(40))
        .set("identity_time_interval", from + "/" + to)
        .set("line_item_currency_code", "USD")
        .set("line_item_legal_entity", ISSUER)
        .set("line_item_line_item_type", type)
        .set("line_item_usage_account_id", account)
        .set("line_item_usage_account_name", company.accountName(account))
        .set("line_item_usage_start_date", from)
        .set("line_item_usage_end_date", to);
  }

  /** Sets the cost before and after discounts, and the rates. */
  static void costs(ExportLine line, BigDecimal rate, BigDecimal unblended, BigDecimal net) {
    line.set("line_item_unblended_rate", rate.toPlainString())
        .set("line_item_unblended_cost", unblended)
        .set("line_item_blended_rate", rate.toPlainString())
        .set("line_item_blended_cost", unblended)
        .set("line_item_net_unblended_cost", net);
  }

  static void fee(ExportLine line, String description, String product, BigDecimal cost) {
    line.set("line_item_line_item_description", description)
        .set("line_item_product_code", product)
        .set("line_item_usage_amount", BigDecimal.ONE)
        .set("line_item_unblended_cost", cost)
        .set("line_item_blended_cost", cost)
        .set("line_item_net_unblended_cost", cost);
  }

  void product(
      ExportLine line,
      MeteredService service,
      @Nullable String instanceType,
      Map<String, String> attributes) {
    String sku = sku(service.product() + service.usageType(), random);
    Map<String, String> product = new TreeMap<>(attributes);
    product.put("product_name", service.productName());
    product.put("region", "us-east-1");
    line.set("line_item_product_code", service.product())
        .set("line_item_line_item_description", service.described())
        .set("line_item_usage_type", service.usageType())
        .set("line_item_operation", service.operation())
        .set("pricing_currency", "USD")
        .set("pricing_unit", service.unit())
        .set("pricing_rate_code", sku + ".JRTCKXETXF.6YS6EN2CT7")
        .set("pricing_rate_id", random.with("rate").with(sku).text("0123456789", 12))
        .set("product", product)
        .set("product_instance_type", instanceType)
        .set("product_location", "US East (N. Virginia)")
        .set("product_location_type", "AWS Region")
        .set("product_operation", service.operation())
        .set("product_product_family", service.family())
        .set("product_region_code", "us-east-1")
        .set("product_servicecode", service.product())
        .set("product_sku", sku)
        .set("product_usagetype", service.usageType());
  }

  static void onDemand(ExportLine line, BigDecimal rate, BigDecimal listCost) {
    line.set("pricing_term", "OnDemand")
        .set("pricing_public_on_demand_rate", rate.toPlainString())
        .set("pricing_public_on_demand_cost", listCost);
  }
}
