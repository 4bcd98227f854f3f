package costlake.sample;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Generates the bill of one month of a cloud that delivers FOCUS. */
final class FocusBill {
  private static final BigDecimal DAY_H = BigDecimal.valueOf(24);
  private static final BigDecimal CREDIT = new BigDecimal("-640.5");
  private static final BigDecimal GROWTH = new BigDecimal("0.025");

  private final FocusCloud cloud;
  private final SampleSettings settings;
  private final SampleCompany company;
  private final ExpectedFigures expected;
  private final YearMonth month;
  private final RowSink sink;
  private final Tagging tagging;
  private final SeededRandom random;
  private final Map<String, Integer> positions;
  private final BigDecimal growth;

  FocusBill(
      FocusCloud cloud,
      SampleSettings settings,
      SampleCompany company,
      ExpectedFigures expected,
      YearMonth month,
      RowSink sink) {
    this.cloud = cloud;
    this.settings = settings;
    this.company = company;
    this.expected = expected;
    this.month = month;
    this.sink = sink;
    this.positions = ExportField.positions(FocusCatalogue.fields(cloud));
    this.tagging = new Tagging(company, settings);
    this.random = new SeededRandom(settings.seed()).with(cloud.source());
    long age = settings.first().until(month, ChronoUnit.MONTHS);
    this.growth = BigDecimal.ONE.add(GROWTH.multiply(BigDecimal.valueOf(age)));
  }

  void write() throws IOException {
    for (LocalDate day = month.atDay(1); month.equals(YearMonth.from(day)); day = day.plusDays(1)) {
      for (FocusService service : cloud.services()) {
        for (int i = 0; i < settings.scale(); i++) {
          metered(service, i, day);
        }
      }
      if (cloud.equals(FocusCatalogue.AZURE)) {
        reserved(day);
      }
    }
    if (cloud.equals(FocusCatalogue.AZURE)) {
      reservation();
    } else {
      credit();
    }
  }

  private String invoice() {
    return "INV-" + month + "-" + random.with(month.toString()).text("0123456789", 6);
  }

  private ExportLine line(String team, String category, Instant from, Instant to) {
    ExportLine line = new ExportLine(positions);
    if (positions.containsKey("ServiceProviderName")) {
      line.set("ServiceProviderName", cloud.provider()).set("HostProviderName", cloud.provider());
    }
    return line.set("ProviderName", cloud.provider())
        .set("PublisherName", cloud.provider())
        .set("InvoiceIssuerName", cloud.issuer())
        .set("InvoiceId", invoice())
        .set("BillingAccountId", cloud.account())
        .set("BillingAccountName", cloud.accountName())
        .set("BillingAccountType", cloud.accountType())
        .set("SubAccountId", Objects.requireNonNull(cloud.subAccounts().get(team), team))
        .set("SubAccountName", company.team(team).accountName())
        .set("SubAccountType", cloud.subAccountType())
        .set("BillingPeriodStart", AwsLines.instant(month.atDay(1)))
        .set("BillingPeriodEnd", AwsLines.instant(month.plusMonths(1).atDay(1)))
        .set("ChargePeriodStart", from)
        .set("ChargePeriodEnd", to)
        .set("ChargeCategory", category)
        .set("ChargeFrequency", "Usage-Based")
        .set("BillingCurrency", "USD")
        .set("PricingCurrency", "USD")
        .set("RegionId", cloud.region())
        .set("RegionName", cloud.regionName());
  }

  private void emit(ExportLine line, Owner owner, Costs costs) throws IOException {
    line.set("BilledCost", costs.billed())
        .set("EffectiveCost", costs.effective())
        .set("ListCost", costs.list())
        .set("ContractedCost", costs.contracted())
        .set("PricingCurrencyEffectiveCost", costs.effective());
    sink.write(line.values());
    expected.charge(cloud.source(), month, owner, costs);
    expected.invoice(cloud.issuer(), cloud.account(), month, invoice(), costs.billed());
  }

  private static void priced(
      ExportLine line, String unit, BigDecimal quantity, BigDecimal list, BigDecimal contracted) {
    line.set("PricingQuantity", quantity)
        .set("PricingUnit", unit)
        .set("ListUnitPrice", list)
        .set("ContractedUnitPrice", contracted)
        .set("PricingCurrencyListUnitPrice", list)
        .set("PricingCurrencyContractedUnitPrice", contracted)
        .set("ConsumedQuantity", quantity)
        .set("ConsumedUnit", unit);
  }

  private void service(ExportLine line, FocusService service) {
    String sku = AwsLines.sku(service.meter(), random).substring(0, 12);
    line.set("ServiceName", service.service())
        .set("ServiceCategory", service.category())
        .set("ServiceSubcategory", service.subcategory())
        .set("SkuId", sku)
        .set("SkuPriceId", sku + "/" + month.getYear())
        .set("SkuMeter", service.meter())
        .set("ResourceType", service.resourceType())
        .set("ChargeDescription", service.meter());
  }

  private void metered(FocusService service, int number, LocalDate day) throws IOException {
    String own = random.with(service.resource()).with(number).hex(12);
    String resource =
        service.resource().replace("$", cloud.subAccounts().get(service.team())).replace("#", own);
    Map<String, String> tags = new TreeMap<>();
    Owner owner = tagging.owner(service.team(), random.with(resource), tags);
    SeededRandom today = random.with(service.meter()).with(number).with(day.toEpochDay());
    boolean steady = service.low().compareTo(service.high()) == 0;
    BigDecimal quantity = today.between(service.low(), service.high(), 2);
    if (!steady) {
      quantity = quantity.multiply(growth).setScale(4, RoundingMode.HALF_EVEN);
    }
    BigDecimal unit = service.rate().multiply(cloud.contractRatio()).stripTrailingZeros();
    BigDecimal contracted = AwsLines.cost(unit.multiply(quantity));
    BigDecimal list = AwsLines.cost(service.rate().multiply(quantity));
    ExportLine line = line(service.team(), "Usage", start(day), start(day.plusDays(1)));
    service(line, service);
    priced(line, service.unit(), quantity, service.rate(), unit);
    line.set("PricingCategory", service.meter().endsWith("spot") ? "Dynamic" : "Standard")
        .set("ResourceId", resource)
        .set("ResourceName", resource.substring(resource.lastIndexOf('/') + 1))
        .set("Tags", CsvSink.text(tags));
    expected.resource(cloud.source(), resource, owner);
    emit(line, owner, new Costs(contracted, contracted, list, contracted));
  }

  private static Instant start(LocalDate day) {
    return AwsLines.instant(day);
  }

  private ExportLine committed(ExportLine line) {
    return line.set("CommitmentDiscountId", FocusCatalogue.RESERVATION)
        .set("CommitmentDiscountName", "h100-tuning")
        .set("CommitmentDiscountCategory", "Usage")
        .set("CommitmentDiscountType", "Reservation")
        .set("CommitmentDiscountUnit", "Hours")
        .set("PricingCategory", "Committed")
        .set("ServiceName", "Virtual Machines")
        .set("ServiceCategory", "Compute")
        .set("ServiceSubcategory", "Virtual Machines")
        .set("SkuId", "DZH318Z0BQ4P")
        .set("SkuPriceId", "DZH318Z0BQ4P/00JV")
        .set("SkuMeter", "NC40ads H100 v5")
        .set("ChargeDescription", "NC40ads H100 v5");
  }

  /** Writes two reserved machines. The team that reserved them pays the unused hours. */
  private void reserved(LocalDate day) throws IOException {
    Owner owner =
        new Owner("assistant", "dialogue", "prod", "assistant-xl", "assistant", "tag", "");
    BigDecimal unused = BigDecimal.ZERO;
    for (int i = 0; i < FocusCatalogue.RESERVED_COUNT; i++) {
      BigDecimal hours =
          BigDecimal.valueOf(20L + random.with("reserved").with(i).with(day.toEpochDay()).below(5));
      unused = unused.add(DAY_H.subtract(hours));
      BigDecimal effective = AwsLines.cost(FocusCatalogue.RESERVED_HOUR_USD.multiply(hours));
      BigDecimal list = AwsLines.cost(FocusCatalogue.RESERVED_LIST_HOUR_USD.multiply(hours));
      BigDecimal unit =
          FocusCatalogue.RESERVED_LIST_HOUR_USD
              .multiply(cloud.contractRatio())
              .stripTrailingZeros();
      String resource =
          "/subscriptions/"
              + cloud.subAccounts().get("assistant")
              + "/resourceGroups/rg-dialogue/providers/Microsoft.Compute/virtualMachines/vm-tune-"
              + i;
      ExportLine line = committed(line("assistant", "Usage", start(day), start(day.plusDays(1))));
      priced(line, "Hours", hours, FocusCatalogue.RESERVED_LIST_HOUR_USD, unit);
      line.set("CommitmentDiscountStatus", "Used")
          .set("CommitmentDiscountQuantity", hours)
          .set("ResourceId", resource)
          .set("ResourceName", "vm-tune-" + i)
          .set("ResourceType", "Virtual machine")
          .set("Tags", CsvSink.text(reservedTags()));
      expected.resource(cloud.source(), resource, owner);
      emit(
          line,
          owner,
          new Costs(BigDecimal.ZERO, effective, list, AwsLines.cost(unit.multiply(hours))));
    }
    if (unused.signum() > 0) {
      BigDecimal cost = AwsLines.cost(FocusCatalogue.RESERVED_HOUR_USD.multiply(unused));
      ExportLine line = committed(line("assistant", "Usage", start(day), start(day.plusDays(1))));
      line.set("CommitmentDiscountStatus", "Unused")
          .set("CommitmentDiscountQuantity", unused)
          .set("PricingQuantity", unused)
          .set("PricingUnit", "Hours")
          .set("ResourceId", FocusCatalogue.RESERVATION)
          .set("ResourceName", "h100-tuning")
          .set("ResourceType", "Reservation");
      emit(line, Owner.account("assistant"), new Costs(BigDecimal.ZERO, cost, cost, cost));
    }
  }

  private static Map<String, String> reservedTags() {
    Map<String, String> tags = new TreeMap<>();
    tags.put("team", "assistant");
    tags.put("project", "dialogue");
    tags.put("environment", "prod");
    tags.put("model", "assistant-xl");
    return tags;
  }

  private void reservation() throws IOException {
    BigDecimal hours =
        DAY_H.multiply(
            BigDecimal.valueOf((long) FocusCatalogue.RESERVED_COUNT * month.lengthOfMonth()));
    BigDecimal fee = AwsLines.cost(FocusCatalogue.RESERVED_HOUR_USD.multiply(hours));
    ExportLine line =
        committed(
            line(
                "assistant",
                "Purchase",
                start(month.atDay(1)),
                start(month.plusMonths(1).atDay(1))));
    line.set("ChargeFrequency", "Recurring")
        .set("CommitmentDiscountQuantity", hours)
        .set("PricingQuantity", hours)
        .set("PricingUnit", "Hours")
        .set("ListUnitPrice", FocusCatalogue.RESERVED_HOUR_USD)
        .set("ContractedUnitPrice", FocusCatalogue.RESERVED_HOUR_USD)
        .set("ResourceId", FocusCatalogue.RESERVATION)
        .set("ResourceName", "h100-tuning")
        .set("ResourceType", "Reservation");
    emit(line, Owner.account("assistant"), new Costs(fee, BigDecimal.ZERO, fee, fee));
  }

  private void credit() throws IOException {
    ExportLine line =
        line("data", "Credit", start(month.atDay(1)), start(month.plusMonths(1).atDay(1)));
    line.set("ChargeFrequency", "One-Time")
        .set("ChargeDescription", "BigQuery migration credit")
        .set("ServiceName", "BigQuery")
        .set("ServiceCategory", "Analytics")
        .set("ServiceSubcategory", "Data Warehouses");
    emit(line, Owner.account("data"), Costs.all(CREDIT));
  }
}
