package costlake.sample;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the company uses of a cloud in a month, whatever the columns of the bill. */
final class CloudMonth {
  private static final BigDecimal GROWTH = new BigDecimal("0.025");

  private final Cloud cloud;
  private final SampleSettings settings;
  private final SampleCompany company;
  private final ExpectedFigures expected;
  private final YearMonth month;
  private final Tagging tagging;
  private final PlantedIncidents planted;
  private final SeededRandom random;
  private final BigDecimal growth;

  CloudMonth(
      Cloud cloud,
      SampleSettings settings,
      SampleCompany company,
      ExpectedFigures expected,
      YearMonth month) {
    this.cloud = cloud;
    this.settings = settings;
    this.company = company;
    this.expected = expected;
    this.month = month;
    this.tagging = new Tagging(company, settings);
    this.planted = new PlantedIncidents(settings);
    this.random = new SeededRandom(settings.seed()).with(cloud.seed());
    long age = settings.first().until(month, ChronoUnit.MONTHS);
    this.growth = BigDecimal.ONE.add(GROWTH.multiply(BigDecimal.valueOf(age)));
  }

  Cloud cloud() {
    return cloud;
  }

  YearMonth month() {
    return month;
  }

  SeededRandom random() {
    return random;
  }

  List<LocalDate> days() {
    return month.atDay(1).datesUntil(month.plusMonths(1).atDay(1)).toList();
  }

  String invoice() {
    return "INV-" + month + "-" + random.with(month.toString()).text("0123456789", 6);
  }

  String subAccount(String team) {
    return Objects.requireNonNull(cloud.subAccounts().get(team), team);
  }

  String subAccountName(String team) {
    return company.team(team).accountName();
  }

  String sku(CloudService service) {
    return AwsLines.sku(service.meter(), random).substring(0, 12);
  }

  /** The uses of every metered service on a day. */
  List<MeteredUse> uses(LocalDate day) {
    List<MeteredUse> uses = new ArrayList<>();
    for (CloudService service : cloud.services()) {
      for (int i = 0; i < settings.scale(); i++) {
        uses.add(use(service, i, day));
      }
    }
    return uses;
  }

  private MeteredUse use(CloudService service, int number, LocalDate day) {
    String own = random.with(service.resource()).with(number).hex(12);
    String resource = service.resource().replace("$", subAccount(service.team())).replace("#", own);
    Map<String, String> tags = new TreeMap<>();
    Owner owner = tagging.owner(service.team(), random.with(resource), tags);
    BigDecimal usual = quantity(service, number, day);
    BigDecimal quantity = planted.quantity(service.meter(), day, usual);
    BigDecimal rate = planted.price(service.meter(), day, service.rate());
    BigDecimal unitPrice = contracted(rate);
    BigDecimal contracted = AwsLines.cost(unitPrice.multiply(quantity));
    BigDecimal list = AwsLines.cost(rate.multiply(quantity));
    BigDecimal before = AwsLines.cost(contracted(service.rate()).multiply(usual));
    incident(planted.of(service.meter(), day), day, contracted.subtract(before));
    return new MeteredUse(
        service.at(rate),
        day,
        resource,
        tags,
        owner,
        quantity,
        unitPrice,
        new Costs(contracted, contracted, list, contracted));
  }

  private BigDecimal quantity(CloudService service, int number, LocalDate day) {
    SeededRandom today = random.with(service.meter()).with(number).with(day.toEpochDay());
    BigDecimal quantity = today.between(service.low(), service.high(), 2);
    boolean steady = service.low().compareTo(service.high()) == 0;
    return steady ? quantity : quantity.multiply(growth).setScale(4, RoundingMode.HALF_EVEN);
  }

  BigDecimal contracted(BigDecimal list) {
    return list.multiply(cloud.contractRatio()).stripTrailingZeros();
  }

  PlantedIncidents planted() {
    return planted;
  }

  /** Expects incidents that cost so much on a day. */
  void incident(Stream<PlantedIncident> incidents, LocalDate day, BigDecimal cost) {
    incidents.forEach(one -> expected.incident(one, one.first(settings), day, cost));
  }

  /** Expects a charge. */
  void charge(Owner owner, Costs costs) {
    expected.charge(cloud.source(), month, owner, costs);
    expected.invoice(cloud.issuer(), cloud.account(), month, invoice(), costs.billed());
  }

  /** Expects the owner of a resource. */
  void resource(String resource, Owner owner) {
    expected.resource(cloud.source(), resource, owner);
  }
}
