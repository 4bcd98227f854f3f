package costlake.sample;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;

/** Generates the bill of one month of Google Cloud, which delivers FOCUS. */
final class GoogleBill {
  private static final BigDecimal CREDIT = new BigDecimal("-640.5");
  private static final Map<String, Integer> POSITIONS = ExportField.positions(ExportColumns.GOOGLE);

  private final CloudMonth use;
  private final YearMonth month;
  private final RowSink sink;

  GoogleBill(CloudMonth use, RowSink sink) {
    this.use = use;
    this.month = use.month();
    this.sink = sink;
  }

  void write() throws IOException {
    for (LocalDate day : use.days()) {
      for (MeteredUse metered : use.uses(day)) {
        metered(metered);
      }
    }
    credit();
  }

  private ExportLine line(String team, String category, Instant from, Instant to) {
    ExportLine line = new ExportLine(POSITIONS);
    use.cloud().columns().forEach(line::set);
    return line.set("InvoiceIssuerName", use.cloud().issuer())
        .set("InvoiceId", use.invoice())
        .set("BillingAccountId", use.cloud().account())
        .set("SubAccountId", use.subAccount(team))
        .set("SubAccountName", use.subAccountName(team))
        .set("BillingPeriodStart", start(month.atDay(1)))
        .set("BillingPeriodEnd", start(month.plusMonths(1).atDay(1)))
        .set("ChargePeriodStart", from)
        .set("ChargePeriodEnd", to)
        .set("ChargeCategory", category)
        .set("ChargeFrequency", "Usage-Based")
        .set("BillingCurrency", "USD")
        .set("PricingCurrency", "USD");
  }

  private void write(ExportLine line, Owner owner, Costs costs) throws IOException {
    line.set("BilledCost", costs.billed())
        .set("EffectiveCost", costs.effective())
        .set("ListCost", costs.list())
        .set("ContractedCost", costs.contracted())
        .set("PricingCurrencyEffectiveCost", costs.effective());
    sink.write(line.values());
    use.charge(owner, costs);
  }

  private void metered(MeteredUse metered) throws IOException {
    CloudService service = metered.service();
    String sku = use.sku(service);
    LocalDate day = metered.day();
    ExportLine line = line(service.team(), "Usage", start(day), start(day.plusDays(1)));
    service.columns().forEach(line::set);
    priced(line, metered);
    line.set("SkuId", sku)
        .set("SkuPriceId", sku + "/" + month.getYear())
        .set("SkuMeter", service.meter())
        .set("ChargeDescription", service.meter())
        .set("PricingCategory", service.meter().endsWith("spot") ? "Dynamic" : "Standard")
        .set("ResourceId", metered.resource())
        .set("ResourceName", metered.resourceName())
        .set("Tags", CsvSink.text(metered.tags()));
    use.resource(metered.resource(), metered.owner());
    write(line, metered.owner(), metered.costs());
  }

  private static void priced(ExportLine line, MeteredUse metered) {
    BigDecimal list = metered.service().rate();
    line.set("PricingQuantity", metered.quantity())
        .set("PricingUnit", metered.service().unit())
        .set("ListUnitPrice", list)
        .set("ContractedUnitPrice", metered.unitPrice())
        .set("PricingCurrencyListUnitPrice", list)
        .set("PricingCurrencyContractedUnitPrice", metered.unitPrice())
        .set("ConsumedQuantity", metered.quantity())
        .set("ConsumedUnit", metered.service().unit());
  }

  private static Instant start(LocalDate day) {
    return AwsLines.instant(day);
  }

  private void credit() throws IOException {
    ExportLine line =
        line("data", "Credit", start(month.atDay(1)), start(month.plusMonths(1).atDay(1)));
    line.set("ChargeFrequency", "One-Time")
        .set("ChargeDescription", "BigQuery migration credit")
        .set("ServiceName", "BigQuery")
        .set("ServiceCategory", "Analytics")
        .set("ServiceSubcategory", "Data Warehouses");
    write(line, Owner.account("data"), Costs.all(CREDIT));
  }
}
