package costlake.sample;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Generates the actual and the amortised costs of one month of Azure. */
final class AzureBill {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("MM/dd/yyyy", Locale.ROOT);
  private static final BigDecimal DAY_H = BigDecimal.valueOf(24);
  private static final Map<String, Integer> POSITIONS = ExportField.positions(ExportColumns.AZURE);
  private static final Map<String, String> RESERVED_TAGS =
      new TreeMap<>(
          Map.of(
              "team", "assistant",
              "project", "dialogue",
              "environment", "prod",
              "model", "assistant-xl"));

  private final CloudMonth use;
  private final YearMonth month;
  private final RowSink actual;
  private final RowSink amortised;

  AzureBill(CloudMonth use, RowSink actual, RowSink amortised) {
    this.use = use;
    this.month = use.month();
    this.actual = actual;
    this.amortised = amortised;
  }

  void write() throws IOException {
    for (LocalDate day : use.days()) {
      for (MeteredUse metered : use.uses(day)) {
        metered(metered);
      }
      reserved(day);
    }
    reservation();
  }

  private ExportLine line(String team, LocalDate day, String chargeType) {
    ExportLine line = new ExportLine(POSITIONS);
    use.cloud().columns().forEach(line::set);
    return line.set("invoiceId", use.invoice())
        .set("billingProfileId", use.cloud().account())
        .set("SubscriptionId", use.subAccount(team))
        .set("subscriptionName", use.subAccountName(team))
        .set("billingPeriodStartDate", DAY.format(month.atDay(1)))
        .set("billingPeriodEndDate", DAY.format(month.atEndOfMonth()))
        .set("date", DAY.format(day))
        .set("chargeType", chargeType)
        .set("frequency", "UsageBased")
        .set("billingCurrency", "USD")
        .set("pricingCurrency", "USD")
        .set("exchangeRatePricingToBilling", BigDecimal.ONE)
        .set("exchangeRateDate", DAY.format(month.atDay(1)));
  }

  private static ExportLine resource(ExportLine line, String resource, Map<String, String> tags)
      throws IOException {
    String[] parts = resource.split("/", -1);
    return line.set("ResourceId", resource)
        .set("resourceGroupName", parts[4])
        .set("consumedService", parts[6])
        .set("tags", tags.isEmpty() ? null : CsvSink.text(tags));
  }

  private static ExportLine priced(
      ExportLine line, String unit, BigDecimal quantity, BigDecimal unitPrice, BigDecimal list) {
    return line.set("unitOfMeasure", unit)
        .set("quantity", quantity)
        .set("unitPrice", unitPrice)
        .set("PayGPrice", list);
  }

  private static void write(
      RowSink sink, ExportLine line, BigDecimal cost, BigDecimal effectivePrice)
      throws IOException {
    line.set("effectivePrice", effectivePrice)
        .set("costInBillingCurrency", cost)
        .set("costInPricingCurrency", cost)
        .set("costInUsd", cost);
    sink.write(line.values());
  }

  private static ExportLine listed(ExportLine line, @Nullable BigDecimal list) {
    return line.set("paygCostInBillingCurrency", list).set("paygCostInUsd", list);
  }

  private void metered(MeteredUse metered) throws IOException {
    CloudService service = metered.service();
    ExportLine line = line(service.team(), metered.day(), "Usage");
    service.columns().forEach(line::set);
    resource(line, metered.resource(), metered.tags());
    priced(line, service.unit(), metered.quantity(), metered.unitPrice(), service.rate());
    listed(line, metered.costs().list())
        .set("ProductId", use.sku(service))
        .set("ProductName", service.meter())
        .set("meterId", meter(service.meter()))
        .set("meterName", service.meter())
        .set("pricingModel", "OnDemand");
    use.resource(metered.resource(), metered.owner());
    write(actual, line, metered.costs().billed(), metered.unitPrice());
    write(amortised, line, metered.costs().effective(), metered.unitPrice());
    use.charge(metered.owner(), metered.costs());
  }

  private String meter(String name) {
    String hex = use.random().with("meter").with(name).hex(32);
    return hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
  }

  private ExportLine committed(ExportLine line) {
    return line.set("benefitId", CloudCatalogue.RESERVATION)
        .set("benefitName", "h100-tuning")
        .set("reservationId", CloudCatalogue.RESERVATION.replaceFirst(".*/", ""))
        .set("reservationName", "h100-tuning")
        .set("pricingModel", "Reservation")
        .set("term", "1 Year")
        .set("serviceFamily", "Compute")
        .set("consumedService", "Microsoft.Compute")
        .set("meterCategory", "Virtual Machines")
        .set("meterSubCategory", "NCadsH100v5 Series")
        .set("meterName", "NC40ads H100 v5")
        .set("meterId", meter("NC40ads H100 v5"))
        .set("ProductId", "DZH318Z0BQ4P")
        .set("ProductName", "NC40ads H100 v5");
  }

  /** Writes two reserved machines. The team that reserved them pays the unused hours. */
  private void reserved(LocalDate day) throws IOException {
    BigDecimal unused = BigDecimal.ZERO;
    for (int i = 0; i < CloudCatalogue.RESERVED_COUNT; i++) {
      BigDecimal hours =
          BigDecimal.valueOf(
              20L + use.random().with("reserved").with(i).with(day.toEpochDay()).below(5));
      unused = unused.add(DAY_H.subtract(hours));
      covered(day, "vm-tune-" + i, hours);
    }
    if (unused.signum() > 0) {
      unused(day, unused);
    }
  }

  private void covered(LocalDate day, String machine, BigDecimal hours) throws IOException {
    Owner owner =
        new Owner("assistant", "dialogue", "prod", "assistant-xl", "assistant", "tag", "");
    BigDecimal effective = AwsLines.cost(CloudCatalogue.RESERVED_HOUR_USD.multiply(hours));
    BigDecimal list = AwsLines.cost(CloudCatalogue.RESERVED_LIST_HOUR_USD.multiply(hours));
    BigDecimal unitPrice = use.contracted(CloudCatalogue.RESERVED_LIST_HOUR_USD);
    String resource =
        "/subscriptions/"
            + use.subAccount("assistant")
            + "/resourceGroups/rg-dialogue/providers/Microsoft.Compute/virtualMachines/"
            + machine;
    ExportLine line = committed(line("assistant", day, "Usage"));
    resource(line, resource, RESERVED_TAGS);
    priced(line, "1 Hour", hours, unitPrice, CloudCatalogue.RESERVED_LIST_HOUR_USD);
    listed(line, list);
    use.resource(resource, owner);
    write(actual, line, BigDecimal.ZERO, BigDecimal.ZERO);
    write(amortised, line, effective, CloudCatalogue.RESERVED_HOUR_USD);
    BigDecimal contracted = AwsLines.cost(unitPrice.multiply(hours));
    use.charge(owner, new Costs(BigDecimal.ZERO, effective, list, contracted));
  }

  private void unused(LocalDate day, BigDecimal hours) throws IOException {
    BigDecimal cost = AwsLines.cost(CloudCatalogue.RESERVED_HOUR_USD.multiply(hours));
    ExportLine line = committed(line("assistant", day, "UnusedReservation"));
    priced(line, "1 Hour", hours, BigDecimal.ZERO, BigDecimal.ZERO);
    write(amortised, line, cost, CloudCatalogue.RESERVED_HOUR_USD);
    use.charge(Owner.account("assistant"), new Costs(BigDecimal.ZERO, cost, cost, cost));
  }

  /** Writes the monthly fee, of which the actual costs alone have a line. */
  private void reservation() throws IOException {
    BigDecimal count = BigDecimal.valueOf(CloudCatalogue.RESERVED_COUNT);
    BigDecimal price =
        CloudCatalogue.RESERVED_HOUR_USD
            .multiply(DAY_H)
            .multiply(BigDecimal.valueOf(month.lengthOfMonth()));
    BigDecimal fee = AwsLines.cost(price.multiply(count));
    ExportLine line = committed(line("assistant", month.atDay(1), "Purchase"));
    priced(line, "1 Hour", count, price, BigDecimal.ZERO);
    line.set("frequency", "Recurring");
    write(actual, line, fee, price);
    use.charge(Owner.account("assistant"), new Costs(fee, BigDecimal.ZERO, fee, fee));
  }
}
