package costlake.sample;

import static costlake.sample.PlantedIncident.Commitment.AWS_SAVINGS_PLAN;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Generates the AWS bill of one month: first the usage of each day, then the monthly charges. */
final class AwsBill {
  static final String SOURCE = "aws-payer";
  private static final BigDecimal DAY_H = BigDecimal.valueOf(24);
  private static final BigDecimal GROWTH = new BigDecimal("0.02");
  private static final BigDecimal RESTATED = new BigDecimal("1.25");
  private static final BigDecimal TAX = new BigDecimal("0.06");
  private static final int PRICE_CHANGE_DAY = 16;
  private static final String CHEAPER_FAMILY = "p5";
  private static final String RESERVED_FAMILY = "p4d";

  private final SampleSettings settings;
  private final SampleCompany company;
  private final SampleCluster cluster;
  private final ExpectedFigures expected;
  private final Tagging tagging;
  private final PlantedIncidents planted;
  private final AwsLines lines;
  private final YearMonth month;
  private final @Nullable LocalDate restated;
  private final SeededRandom random;
  private final RowSink sink;
  private final BigDecimal growth;
  private final LocalDate priceChange;
  private final Map<String, BigDecimal> taxable = new TreeMap<>();
  private final Map<String, BigDecimal> discounts = new TreeMap<>();
  private BigDecimal supported = BigDecimal.ZERO;
  private BigDecimal planUsed = BigDecimal.ZERO;
  private int reservedHours;

  /**
   * @param restated day whose charges differ from the first delivery; null for a first delivery
   */
  AwsBill(
      SampleSettings settings,
      SampleCompany company,
      SampleCluster cluster,
      ExpectedFigures expected,
      YearMonth month,
      @Nullable LocalDate restated,
      RowSink sink) {
    this.settings = settings;
    this.company = company;
    this.cluster = cluster;
    this.expected = expected;
    this.month = month;
    this.restated = restated;
    this.sink = sink;
    this.random = new SeededRandom(settings.seed()).with("aws");
    this.tagging = new Tagging(company, settings);
    this.planted = new PlantedIncidents(settings);
    this.lines = new AwsLines(company, month, random);
    long age = settings.first().until(month, java.time.temporal.ChronoUnit.MONTHS);
    this.growth = BigDecimal.ONE.add(GROWTH.multiply(BigDecimal.valueOf(age)));
    this.priceChange = settings.last().atDay(PRICE_CHANGE_DAY);
  }

  void write() throws IOException {
    for (LocalDate day = month.atDay(1); month.equals(YearMonth.from(day)); day = day.plusDays(1)) {
      for (Node node : cluster.nodes()) {
        node(node, day);
      }
      plan(day);
      for (MeteredService service : AwsCatalogue.TEAMS) {
        for (int i = 0; i < settings.scale(); i++) {
          metered(service, i, day);
        }
      }
      for (PlantedIncidents.Resource resource : planted.resources(day)) {
        brought(resource, day);
      }
      for (MeteredService service : AwsCatalogue.SHARED) {
        shared(service, day);
      }
      handedOver(day);
      edp(day);
    }
    monthly();
  }

  private void emit(ExportLine line, Owner owner, Costs costs) throws IOException {
    sink.write(line.values());
    expected.charge(SOURCE, month, owner, costs);
    expected.invoice(AwsLines.ISSUER, SampleCompany.PAYER, month, invoice(line), costs.billed());
  }

  private void incident(Stream<PlantedIncident> incidents, LocalDate day, BigDecimal cost) {
    incidents.forEach(one -> expected.incident(one, one.first(settings), day, cost));
  }

  /** Expects what a day costs more without the savings plan. */
  private void deleted(LocalDate day, BigDecimal rate, BigDecimal planRate, BigDecimal hours) {
    BigDecimal before = AwsLines.cost(planRate.multiply(hours));
    incident(planted.deleted(AWS_SAVINGS_PLAN, day), day, net(rate, hours).subtract(before));
  }

  private static String invoice(ExportLine line) {
    return line.text("bill_invoice_id");
  }

  private BigDecimal listRate(Node.Machine machine, LocalDate day) {
    boolean cheaper = machine.family().equals(CHEAPER_FAMILY) && !day.isBefore(priceChange);
    return cheaper
        ? machine.hourUsd().multiply(AwsCatalogue.PRICE_CHANGE_RATIO).stripTrailingZeros()
        : machine.hourUsd();
  }

  private static MeteredService box(Node.Machine machine, String usageType) {
    return MeteredService.instance(
        "cluster", usageType + ":" + machine.type(), machine.hourUsd(), "");
  }

  private static Map<String, String> attributes(Node.Machine machine) {
    Map<String, String> product = new TreeMap<>();
    product.put("vcpu", String.valueOf(machine.cores()));
    product.put("memory", machine.memoryGib() + " GiB");
    product.put("operating_system", "Linux");
    product.put("tenancy", "Shared");
    product.put("instance_type_family", machine.family());
    if (machine.devices() > 0) {
      product.put("gpu", String.valueOf(machine.devices()));
    }
    return product;
  }

  private void node(Node node, LocalDate day) throws IOException {
    int from = node.upFromHour(day, cluster.random());
    if (from == 24) {
      return;
    }
    Instant start = AwsLines.instant(day).plusSeconds(from * 3600L);
    BigDecimal hours = BigDecimal.valueOf(24L - from);
    BigDecimal rate = listRate(node.machine(), day);
    BigDecimal list = AwsLines.cost(rate.multiply(hours));
    Owner owner = Owner.shared(SampleCompany.PLATFORM, "cluster", "");
    expected.resource(SOURCE, node.instanceId(), owner);
    Node.Coverage coverage = coverage(node, day);
    String type =
        switch (coverage) {
          case PLAN -> "SavingsPlanCoveredUsage";
          case RESERVED -> "DiscountedUsage";
          case ON_DEMAND, SPOT -> "Usage";
        };
    ExportLine line =
        lines.line(SampleCompany.CLUSTER_ACCOUNT, type, start, AwsLines.instant(day.plusDays(1)));
    boolean spot = coverage == Node.Coverage.SPOT;
    lines.product(
        line,
        box(node.machine(), spot ? "SpotUsage" : "BoxUsage"),
        node.machine().type(),
        attributes(node.machine()));
    AwsLines.onDemand(line, rate, list);
    line.set("line_item_resource_id", node.instanceId())
        .set("line_item_availability_zone", "us-east-1a")
        .set("line_item_usage_amount", hours)
        .set(
            "product_instance_family",
            node.machine().devices() > 0 ? "GPU instance" : "General purpose")
        .set("resource_tags", nodeTags())
        .set("cost_category", Map.of("CostCentre", "Shared"));
    switch (coverage) {
      case ON_DEMAND ->
          usage(line, SampleCompany.CLUSTER_ACCOUNT, owner, rate, hours, list, BigDecimal.ONE);
      case SPOT -> spot(line, owner, day, hours, list);
      case PLAN -> covered(line, owner, rate, AwsCatalogue.PLAN_P5_HOUR_USD, hours, list, day);
      case RESERVED -> reserved(line, owner, hours, list);
    }
    if (coverage != node.coverage()) {
      deleted(day, rate, AwsCatalogue.PLAN_P5_HOUR_USD, hours);
    }
  }

  /** Returns how the hours of a node are paid: on demand if the plan for them was deleted. */
  private Node.Coverage coverage(Node node, LocalDate day) {
    return node.coverage() == Node.Coverage.PLAN && planted.isDeleted(AWS_SAVINGS_PLAN, day)
        ? Node.Coverage.ON_DEMAND
        : node.coverage();
  }

  private static Map<String, String> nodeTags() {
    Map<String, String> tags = new TreeMap<>();
    tags.put("aws_eks_cluster-name", SampleCompany.CLUSTER);
    tags.put("user_cluster", SampleCompany.CLUSTER);
    return tags;
  }

  /**
   * Writes a usage line. Its net cost is the cost at the unit price minus the discount of the
   * enterprise agreement.
   */
  private void usage(
      ExportLine line,
      String account,
      Owner owner,
      BigDecimal rate,
      BigDecimal quantity,
      BigDecimal list,
      BigDecimal correction)
      throws IOException {
    BigDecimal unblended = AwsLines.cost(rate.multiply(quantity));
    BigDecimal discount = discount(unblended);
    BigDecimal net = net(rate, quantity);
    AwsLines.costs(line, rate, unblended, net);
    line.set("line_item_usage_amount", quantity)
        .set("line_item_net_unblended_rate", netRate(rate).toPlainString())
        .set("discount", Map.of("edp_discount", discount.toPlainString()))
        .set("discount_total_discount", discount);
    discounts.merge(account, discount, BigDecimal::add);
    BigDecimal base = net.divide(correction, 10, RoundingMode.HALF_EVEN);
    taxable.merge(account, base, BigDecimal::add);
    supported = supported.add(base);
    emit(line, owner, new Costs(net, net, list, net));
  }

  private static BigDecimal discount(BigDecimal unblended) {
    return AwsLines.cost(unblended.multiply(AwsCatalogue.EDP_RATIO)).negate();
  }

  private static BigDecimal net(BigDecimal rate, BigDecimal quantity) {
    BigDecimal unblended = AwsLines.cost(rate.multiply(quantity));
    return AwsLines.cost(unblended.add(discount(unblended)));
  }

  private static BigDecimal netRate(BigDecimal rate) {
    return rate.multiply(BigDecimal.ONE.subtract(AwsCatalogue.EDP_RATIO)).stripTrailingZeros();
  }

  private void spot(ExportLine line, Owner owner, LocalDate day, BigDecimal hours, BigDecimal list)
      throws IOException {
    BigDecimal rate =
        random
            .with("spot")
            .with(day.toEpochDay())
            .between(new BigDecimal("1.6100"), new BigDecimal("2.0900"), 4);
    line.set("pricing_term", "Spot").set("pricing_purchase_option", "Spot");
    usage(line, SampleCompany.CLUSTER_ACCOUNT, owner, rate, hours, list, BigDecimal.ONE);
  }

  private void covered(
      ExportLine line,
      Owner owner,
      BigDecimal rate,
      BigDecimal planRate,
      BigDecimal hours,
      BigDecimal list,
      LocalDate day)
      throws IOException {
    BigDecimal effective = AwsLines.cost(planRate.multiply(hours));
    planUsed = planUsed.add(planRate.multiply(hours));
    AwsLines.costs(line, rate, list, list);
    planned(line)
        .set("savings_plan_savings_plan_effective_cost", effective)
        .set("savings_plan_net_savings_plan_effective_cost", effective)
        .set("savings_plan_savings_plan_rate", planRate);
    emit(line, owner, new Costs(BigDecimal.ZERO, effective, list, list));
    String account = line.text("line_item_usage_account_id");
    ExportLine negation =
        lines.line(
            account,
            "SavingsPlanNegation",
            AwsLines.instant(day),
            AwsLines.instant(day.plusDays(1)));
    String usageType = line.text("line_item_usage_type");
    AwsLines.costs(planned(negation), rate, list.negate(), list.negate());
    negation
        .set("line_item_product_code", "ComputeSavingsPlans")
        .set("line_item_usage_type", usageType)
        .set("line_item_operation", "RunInstances")
        .set("line_item_usage_amount", hours)
        .set(
            "line_item_line_item_description", "SavingsPlanNegation used by AccountId : " + account)
        .set("product", Map.of("product_name", "Savings Plans for AWS Compute usage"));
    emit(negation, owner, Costs.NONE);
  }

  private ExportLine planned(ExportLine line) {
    return line.set("savings_plan_savings_plan_a_r_n", AwsCatalogue.PLAN_ARN)
        .set("savings_plan_offering_type", "ComputeSavingsPlans")
        .set("savings_plan_payment_option", "No Upfront")
        .set("savings_plan_purchase_term", "3yr")
        .set("savings_plan_start_time", settings.first().atDay(1) + "T00:00:00.000Z")
        .set("savings_plan_end_time", settings.first().plusYears(3).atDay(1) + "T00:00:00.000Z");
  }

  private void reserved(ExportLine line, Owner owner, BigDecimal hours, BigDecimal list)
      throws IOException {
    BigDecimal upfront = AwsLines.cost(AwsCatalogue.RESERVED_UPFRONT_HOUR_USD.multiply(hours));
    BigDecimal recurring = AwsLines.cost(AwsCatalogue.RESERVED_RECURRING_HOUR_USD.multiply(hours));
    BigDecimal effective = AwsLines.cost(upfront.add(recurring));
    AwsLines.costs(line, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
    reservation(line)
        .set("reservation_amortized_upfront_cost_for_usage", upfront)
        .set("reservation_recurring_fee_for_usage", recurring)
        .set("reservation_effective_cost", effective);
    reservedHours += hours.intValueExact();
    emit(line, owner, new Costs(BigDecimal.ZERO, effective, list, list));
  }

  private ExportLine reservation(ExportLine line) {
    return line.set("pricing_term", "Reserved")
        .set("pricing_lease_contract_length", "3yr")
        .set("pricing_offering_class", "standard")
        .set("pricing_purchase_option", "Partial Upfront")
        .set("reservation_reservation_a_r_n", AwsCatalogue.RESERVATION_ARN)
        .set("reservation_subscription_id", "8123904417")
        .set("reservation_number_of_reservations", String.valueOf(AwsCatalogue.RESERVED_COUNT));
  }

  /** Writes the instances that the savings plan covers, and the fee of the plan for the day. */
  private void plan(LocalDate day) throws IOException {
    boolean isDeleted = planted.isDeleted(AWS_SAVINGS_PLAN, day);
    String account = company.team("data").account();
    MeteredService service =
        MeteredService.instance(
            "data", "BoxUsage:m7i.4xlarge", AwsCatalogue.M7I_4XLARGE_HOUR_USD, "i-0d4#");
    for (int i = 0; i < AwsCatalogue.PLAN_M7I_COUNT; i++) {
      String resource = resource(service, i);
      Map<String, String> tags = new TreeMap<>();
      Owner owner = tagging.owner("data", random.with(resource), tags);
      expected.resource(SOURCE, resource, owner);
      ExportLine line = day(account, isDeleted ? "Usage" : "SavingsPlanCoveredUsage", day);
      BigDecimal list = AwsLines.cost(service.rate().multiply(DAY_H));
      lines.product(
          line, service, "m7i.4xlarge", Map.of("operating_system", "Linux", "vcpu", "16"));
      AwsLines.onDemand(line, service.rate(), list);
      line.set("line_item_resource_id", resource)
          .set("line_item_usage_amount", DAY_H)
          .set("resource_tags", Tagging.aws(tags));
      if (isDeleted) {
        usage(line, account, owner, service.rate(), DAY_H, list, BigDecimal.ONE);
        deleted(day, service.rate(), AwsCatalogue.PLAN_M7I_HOUR_USD, DAY_H);
      } else {
        covered(line, owner, service.rate(), AwsCatalogue.PLAN_M7I_HOUR_USD, DAY_H, list, day);
      }
    }
    if (!isDeleted) {
      planFee(day);
    }
  }

  private void planFee(LocalDate day) throws IOException {
    BigDecimal fee = AwsCatalogue.PLAN_HOUR_USD.multiply(DAY_H);
    ExportLine line = day(SampleCompany.PAYER, "SavingsPlanRecurringFee", day);
    AwsLines.fee(
        planned(line), "3 year No Upfront Compute Savings Plan", "ComputeSavingsPlans", fee);
    line.set("line_item_usage_type", "ComputeSP:3yrNoUpfront")
        .set("savings_plan_recurring_commitment_for_billing_period", fee)
        .set("savings_plan_total_commitment_to_date", fee)
        .set("savings_plan_used_commitment", planUsed)
        .set("product", Map.of("product_name", "Savings Plans for AWS Compute usage"));
    Owner owner = Owner.shared(SampleCompany.PLATFORM, "account", "");
    emit(line, owner, new Costs(fee, BigDecimal.ZERO, fee, fee));
    expected.unused(SOURCE, month, owner, fee.subtract(planUsed));
    incident(
        planted.unused(AWS_SAVINGS_PLAN, day), day, AwsCatalogue.PLAN_P5_HOUR_USD.multiply(DAY_H));
    planUsed = BigDecimal.ZERO;
  }

  private ExportLine day(String account, String type, LocalDate day) {
    return lines.line(account, type, AwsLines.instant(day), AwsLines.instant(day.plusDays(1)));
  }

  private String resource(MeteredService service, int number) {
    SeededRandom own = random.with(service.resource()).with(number);
    return service.resource().replace("#", own.hex(service.resource().endsWith("0#") ? 16 : 14));
  }

  private BigDecimal quantity(MeteredService service, int number, LocalDate day) {
    SeededRandom today = random.with(service.usageType()).with(number).with(day.toEpochDay());
    int scale = service.unit().equals("Hrs") ? 0 : 4;
    boolean steady = service.low().compareTo(service.high()) == 0;
    BigDecimal quantity = today.between(service.low(), service.high(), scale);
    return steady || scale == 0
        ? quantity
        : quantity.multiply(growth).setScale(scale, RoundingMode.HALF_EVEN);
  }

  private String account(MeteredService service) {
    return switch (service.team()) {
      case "cluster" -> SampleCompany.CLUSTER_ACCOUNT;
      case "network" -> SampleCompany.NETWORK_ACCOUNT;
      case "sandbox" -> SampleCompany.SANDBOX_ACCOUNT;
      default -> company.team(service.team()).account();
    };
  }

  private ExportLine metered(
      MeteredService service, String resource, LocalDate day, BigDecimal quantity) {
    ExportLine line = day(account(service), "Usage", day);
    int colon = service.usageType().lastIndexOf(':');
    String instance =
        service.unit().equals("Hrs") && colon > 0 ? service.usageType().substring(colon + 1) : null;
    lines.product(line, service, instance, Map.of());
    AwsLines.onDemand(line, service.rate(), AwsLines.cost(service.rate().multiply(quantity)));
    return line.set("line_item_resource_id", resource)
        .set(
            "line_item_line_item_description",
            "$"
                + service.rate().toPlainString()
                + " per "
                + service.unit()
                + " "
                + service.usageType());
  }

  private void metered(MeteredService service, int number, LocalDate day) throws IOException {
    String resource = resource(service, number);
    Map<String, String> tags = new TreeMap<>();
    Owner owner = tagging.owner(service.team(), random.with(resource), tags);
    metered(service, number, day, owner, tags);
    if (service.usageType().contains("Notebk")) {
      wasted(service, resource, owner, day);
    }
  }

  /** Writes resources that only incidents need. */
  private void brought(PlantedIncidents.Resource resource, LocalDate day) throws IOException {
    boolean isLost =
        planted
            .of(resource.service().usageType(), day)
            .anyMatch(incident -> incident.kind() == PlantedIncident.Kind.TAG_LOST);
    Owner owner =
        new Owner(
            resource.owner(),
            "",
            "",
            "",
            isLost ? SampleCompany.PLATFORM : resource.owner(),
            isLost ? "last_resort" : "tag",
            "");
    Map<String, String> tags = isLost ? Map.of() : Map.of("team", resource.owner());
    for (int i = 0; i < resource.count(); i++) {
      metered(resource.service(), i, day, owner, tags);
    }
  }

  /** Writes a service, with the quantity and the price that incidents give it. */
  private void metered(
      MeteredService usual, int number, LocalDate day, Owner owner, Map<String, String> tags)
      throws IOException {
    String resource = resource(usual, number);
    BigDecimal usualQuantity = quantity(usual, number, day);
    BigDecimal quantity = planted.quantity(usual.usageType(), day, usualQuantity);
    MeteredService service = usual.at(planted.price(usual.usageType(), day, usual.rate()));
    BigDecimal before = net(usual.rate(), usualQuantity);
    BigDecimal now = net(service.rate(), quantity);
    planted
        .of(usual.usageType(), day)
        .forEach(one -> incident(Stream.of(one), day, one.cost(before, now)));
    boolean corrected = day.equals(restated) && number == 0 && service.unit().equals("GB");
    if (corrected) {
      quantity = quantity.multiply(RESTATED);
    }
    expected.resource(SOURCE, resource, owner);
    ExportLine line = metered(service, resource, day, quantity);
    if (!tags.isEmpty()) {
      line.set("resource_tags", Tagging.aws(tags));
    }
    usage(
        line,
        account(service),
        owner,
        service.rate(),
        quantity,
        AwsLines.cost(service.rate().multiply(quantity)),
        corrected ? RESTATED : BigDecimal.ONE);
  }

  /** Records the hours outside working hours in which a notebook runs without being used. */
  private void wasted(MeteredService service, String resource, Owner owner, LocalDate day) {
    int hours = 0;
    for (int hour = 0; hour < 24; hour++) {
      hours += Pod.atWork(day, hour) ? 0 : 1;
    }
    BigDecimal cost = netRate(service.rate()).multiply(BigDecimal.valueOf(hours));
    expected.waste(day, resource, owner.team(), "notebook_left_on", hours, cost);
  }

  private void shared(MeteredService service, LocalDate day) throws IOException {
    BigDecimal quantity = quantity(service, 0, day);
    Owner owner =
        Owner.shared(SampleCompany.PLATFORM, "account", Objects.requireNonNull(service.pool()));
    expected.resource(SOURCE, service.resource(), owner);
    ExportLine line = metered(service, service.resource(), day, quantity);
    BigDecimal list = AwsLines.cost(service.rate().multiply(quantity));
    usage(line, account(service), owner, service.rate(), quantity, list, BigDecimal.ONE);
  }

  private void handedOver(LocalDate day) throws IOException {
    MeteredService service = AwsCatalogue.HANDED_OVER;
    boolean before = day.isBefore(SampleData.handOver(settings));
    Owner owner =
        before
            ? new Owner("data", "warehouse", "prod", "", "data", "tag", "")
            : new Owner("ads", "attribution", "prod", "", "ads", "override", "");
    Map<String, String> tags = new TreeMap<>();
    tags.put("team", "data");
    tags.put("project", "warehouse");
    tags.put("environment", "prod");
    expected.resource(SOURCE, service.resource(), owner);
    BigDecimal quantity = quantity(service, 0, day);
    ExportLine line = metered(service, service.resource(), day, quantity);
    line.set("resource_tags", Tagging.aws(tags));
    BigDecimal list = AwsLines.cost(service.rate().multiply(quantity));
    usage(line, account(service), owner, service.rate(), quantity, list, BigDecimal.ONE);
  }

  /**
   * Writes the discount of the day, one line for each account. The net costs of the usage lines
   * already include this discount.
   */
  private void edp(LocalDate day) throws IOException {
    for (Map.Entry<String, BigDecimal> account : discounts.entrySet()) {
      ExportLine line = day(account.getKey(), "EdpDiscount", day);
      BigDecimal discount = AwsLines.cost(account.getValue());
      AwsLines.fee(line, "Enterprise Discount Program, 6%", "AmazonEC2", discount);
      line.set("line_item_net_unblended_cost", BigDecimal.ZERO)
          .set("product", Map.of("product_name", "Amazon Elastic Compute Cloud"));
      emit(line, found(account.getKey()), Costs.NONE);
    }
    discounts.clear();
  }

  private Owner found(String account) {
    return company.teams().stream()
        .filter(team -> team.account().equals(account))
        .findFirst()
        .map(team -> Owner.account(team.id()))
        .orElse(Owner.shared(SampleCompany.PLATFORM, "account", ""));
  }

  private void monthly() throws IOException {
    if (month.equals(settings.first())) {
      upfront();
    }
    reservationFee();
    marketplace();
    once("Credit", "data", "AWS_MAP_Credit: migration of the warehouse", "AmazonRedshift", "-2500");
    if (month.equals(settings.last())) {
      once(
          "Refund",
          "vision",
          "Refund for an interrupted training job",
          "AmazonSageMaker",
          "-310.25");
    }
    BigDecimal support = supportFee(supported);
    ExportLine line = lines.line(SampleCompany.PAYER, "Fee", lines.start(), lines.end());
    AwsLines.fee(line, "AWS Support (Business)", "AWSSupportBusiness", support);
    line.set("line_item_usage_type", "Dollar")
        .set("product", Map.of("product_name", "AWS Support (Business)"));
    emit(line, Owner.shared(SampleCompany.PLATFORM, "account", "support"), Costs.all(support));
    for (Map.Entry<String, BigDecimal> account : taxable.entrySet()) {
      BigDecimal tax = account.getValue().multiply(TAX).setScale(2, RoundingMode.HALF_EVEN);
      ExportLine taxed = lines.line(account.getKey(), "Tax", lines.start(), lines.end());
      AwsLines.fee(taxed, "Tax for product code AmazonEC2", "AmazonEC2", tax);
      taxed.set("line_item_tax_type", "USSalesTax").set("line_item_operation", "SalesTax");
      emit(taxed, found(account.getKey()), Costs.all(tax));
    }
  }

  private static BigDecimal supportFee(BigDecimal use) {
    BigDecimal first = use.min(new BigDecimal("10000"));
    BigDecimal next = use.subtract(first).min(new BigDecimal("70000"));
    BigDecimal rest = use.subtract(first).subtract(next);
    return first
        .multiply(new BigDecimal("0.10"))
        .add(next.multiply(new BigDecimal("0.07")))
        .add(rest.multiply(new BigDecimal("0.05")))
        .setScale(2, RoundingMode.HALF_EVEN);
  }

  private BigDecimal monthHours() {
    return BigDecimal.valueOf(24L * month.lengthOfMonth() * AwsCatalogue.RESERVED_COUNT);
  }

  private void upfront() throws IOException {
    LocalDate start = settings.first().atDay(1);
    long days = start.until(start.plusYears(3), java.time.temporal.ChronoUnit.DAYS);
    BigDecimal fee =
        AwsCatalogue.RESERVED_UPFRONT_HOUR_USD.multiply(
            BigDecimal.valueOf(24L * days * AwsCatalogue.RESERVED_COUNT));
    ExportLine line = reservation(day(SampleCompany.PAYER, "Fee", start));
    AwsLines.fee(line, "Sign up charge for subscription: 8123904417", "AmazonEC2", fee);
    line.set("line_item_usage_type", "HeavyUsage:p4d.24xlarge")
        .set("line_item_operation", "RunInstances")
        .set("line_item_usage_amount", BigDecimal.valueOf(AwsCatalogue.RESERVED_COUNT))
        .set("reservation_upfront_value", fee);
    emit(
        line,
        Owner.shared(SampleCompany.PLATFORM, "account", ""),
        new Costs(fee, BigDecimal.ZERO, fee, fee));
  }

  private void reservationFee() throws IOException {
    BigDecimal hours = monthHours();
    BigDecimal unused = hours.subtract(BigDecimal.valueOf(reservedHours));
    BigDecimal fee = AwsLines.cost(AwsCatalogue.RESERVED_RECURRING_HOUR_USD.multiply(hours));
    BigDecimal unusedFee = AwsLines.cost(AwsCatalogue.RESERVED_RECURRING_HOUR_USD.multiply(unused));
    BigDecimal unusedUpfront =
        AwsLines.cost(AwsCatalogue.RESERVED_UPFRONT_HOUR_USD.multiply(unused));
    ExportLine line =
        reservation(lines.line(SampleCompany.PAYER, "RIFee", lines.start(), lines.end()));
    Node.Machine machine = cluster.machine(RESERVED_FAMILY);
    lines.product(line, box(machine, "HeavyUsage"), machine.type(), attributes(machine));
    AwsLines.costs(line, AwsCatalogue.RESERVED_RECURRING_HOUR_USD, fee, fee);
    line.set("line_item_usage_amount", hours)
        .set(
            "line_item_line_item_description",
            "USD 4.35 hourly fee per Linux/UNIX, p4d.24xlarge instance")
        .set(
            "reservation_amortized_upfront_fee_for_billing_period",
            AwsLines.cost(AwsCatalogue.RESERVED_UPFRONT_HOUR_USD.multiply(hours)))
        .set("reservation_total_reserved_units", hours.toPlainString())
        .set("reservation_unused_quantity", unused)
        .set("reservation_unused_recurring_fee", unusedFee)
        .set("reservation_unused_amortized_upfront_fee_for_billing_period", unusedUpfront);
    Owner owner = Owner.shared(SampleCompany.PLATFORM, "account", "");
    emit(line, owner, new Costs(fee, BigDecimal.ZERO, fee, fee));
    if (unused.signum() > 0) {
      expected.unused(SOURCE, month, owner, unusedFee.add(unusedUpfront));
    }
  }

  private void marketplace() throws IOException {
    BigDecimal fee = new BigDecimal("4200");
    ExportLine line =
        lines.line(company.team("assistant").account(), "Fee", lines.start(), lines.end());
    AwsLines.fee(line, "Experiment tracking, team plan, monthly", "8kq2x0m7rj4t1v9c5d3n6w", fee);
    Map<String, String> tags = Map.of("user_team", "assistant");
    line.set("bill_billing_entity", "AWS Marketplace")
        .set("bill_bill_type", "Purchase")
        .set("bill_invoice_id", "MP" + lines.invoice())
        .set("line_item_legal_entity", "Gradient Ledger, Inc.")
        .set("line_item_usage_type", "SaaS-monthly")
        .set("product", Map.of("product_name", "Gradient Ledger"))
        .set("resource_tags", tags);
    emit(line, new Owner("assistant", "", "", "", "assistant", "tag", ""), Costs.all(fee));
  }

  private void once(String type, String team, String description, String product, String amount)
      throws IOException {
    BigDecimal cost = new BigDecimal(amount);
    LocalDate middle = month.atDay(15);
    ExportLine line = day(company.team(team).account(), type, middle);
    AwsLines.fee(line, description, product, cost);
    line.set("line_item_usage_amount", BigDecimal.ZERO);
    emit(line, Owner.account(team), Costs.all(cost));
  }
}
