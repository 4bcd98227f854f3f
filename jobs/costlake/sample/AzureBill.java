package costlake.sample;

import static costlake.sample.PlantedIncident.Commitment.AZURE_RESERVATION;

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

  private static final Owner RESERVED_OWNER =
      new Owner("assistant", "dialogue", "prod", "assistant-xl", "assistant", "tag", "");

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
    return tuning(line)
        .set("benefitId", CloudCatalogue.RESERVATION)
        .set("benefitName", "h100-tuning")
        .set("reservationId", CloudCatalogue.RESERVATION.replaceFirst(".*/", ""))
        .set("reservationName", "h100-tuning")
        .set("pricingModel", "Reservation")
        .set("term", "1 Year");
  }

  private ExportLine tuning(ExportLine line) {
    return line.set("serviceFamily", "Compute")
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
      BigDecimal usual =
          BigDecimal.valueOf(
              20L + use.random().with("reserved").with(i).with(day.toEpochDay()).below(5));
      if (use.planted().isDeleted(AZURE_RESERVATION, day)) {
        onDemand(day, "vm-tune-" + i, usual);
      } else if (use.planted().isUnused(AZURE_RESERVATION, day)) {
        unused = unused.add(DAY_H);
        use.incident(use.planted().unused(AZURE_RESERVATION, day), day, reserved(usual));
      } else {
        unused = unused.add(DAY_H.subtract(usual));
        covered(day, "vm-tune-" + i, usual);
      }
    }
    if (unused.signum() > 0) {
      unused(day, unused);
    }
  }

  private void covered(LocalDate day, String machine, BigDecimal hours) throws IOException {
    ExportLine line = machine(committed(line("assistant", day, "Usage")), machine, hours);
    BigDecimal effective = reserved(hours);
    write(actual, line, BigDecimal.ZERO, BigDecimal.ZERO);
    write(amortised, line, effective, CloudCatalogue.RESERVED_HOUR_USD);
    use.charge(
        RESERVED_OWNER,
        new Costs(BigDecimal.ZERO, effective, listed(hours), AwsLines.cost(onDemand(hours))));
  }

  /** Writes a machine whose reservation was deleted. */
  private void onDemand(LocalDate day, String machine, BigDecimal hours) throws IOException {
    ExportLine line = machine(tuning(line("assistant", day, "Usage")), machine, hours);
    BigDecimal cost = AwsLines.cost(onDemand(hours));
    BigDecimal unitPrice = use.contracted(CloudCatalogue.RESERVED_LIST_HOUR_USD);
    line.set("pricingModel", "OnDemand");
    write(actual, line, cost, unitPrice);
    write(amortised, line, cost, unitPrice);
    use.charge(RESERVED_OWNER, new Costs(cost, cost, listed(hours), cost));
    use.incident(
        use.planted().deleted(AZURE_RESERVATION, day), day, cost.subtract(reserved(hours)));
  }

  private ExportLine machine(ExportLine line, String machine, BigDecimal hours) throws IOException {
    String resource =
        "/subscriptions/"
            + use.subAccount("assistant")
            + "/resourceGroups/rg-dialogue/providers/Microsoft.Compute/virtualMachines/"
            + machine;
    BigDecimal unitPrice = use.contracted(CloudCatalogue.RESERVED_LIST_HOUR_USD);
    use.resource(resource, RESERVED_OWNER);
    resource(line, resource, RESERVED_TAGS);
    priced(line, "1 Hour", hours, unitPrice, CloudCatalogue.RESERVED_LIST_HOUR_USD);
    return listed(line, listed(hours));
  }

  private static BigDecimal reserved(BigDecimal hours) {
    return AwsLines.cost(CloudCatalogue.RESERVED_HOUR_USD.multiply(hours));
  }

  private static BigDecimal listed(BigDecimal hours) {
    return AwsLines.cost(CloudCatalogue.RESERVED_LIST_HOUR_USD.multiply(hours));
  }

  private BigDecimal onDemand(BigDecimal hours) {
    return use.contracted(CloudCatalogue.RESERVED_LIST_HOUR_USD).multiply(hours);
  }

  private void unused(LocalDate day, BigDecimal hours) throws IOException {
    BigDecimal cost = reserved(hours);
    ExportLine line = committed(line("assistant", day, "UnusedReservation"));
    priced(line, "1 Hour", hours, BigDecimal.ZERO, BigDecimal.ZERO);
    write(amortised, line, cost, CloudCatalogue.RESERVED_HOUR_USD);
    use.charge(Owner.account("assistant"), new Costs(BigDecimal.ZERO, cost, cost, cost));
  }

  /** Writes the monthly fee, of which the actual costs alone have a line. */
  private void reservation() throws IOException {
    BigDecimal count = BigDecimal.valueOf(CloudCatalogue.RESERVED_COUNT);
    long days =
        use.days().stream().filter(day -> !use.planted().isDeleted(AZURE_RESERVATION, day)).count();
    if (days == 0) {
      return;
    }
    BigDecimal price =
        CloudCatalogue.RESERVED_HOUR_USD.multiply(DAY_H).multiply(BigDecimal.valueOf(days));
    BigDecimal fee = AwsLines.cost(price.multiply(count));
    ExportLine line = committed(line("assistant", month.atDay(1), "Purchase"));
    priced(line, "1 Hour", count, price, BigDecimal.ZERO);
    line.set("frequency", "Recurring");
    write(actual, line, fee, price);
    use.charge(Owner.account("assistant"), new Costs(fee, BigDecimal.ZERO, fee, fee));
  }
}
