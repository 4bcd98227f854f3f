package costlake.incident;

import static costlake.incident.CostLine.Kind.OTHER;
import static costlake.incident.CostLine.Kind.UNUSED;
import static costlake.incident.CostLine.Kind.USAGE;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Thirteen months of a company of six teams: usage with weekdays, noise and growth, nodes that come
 * and go, spot prices, commitments, and incidents of seven kinds, each planted twice.
 */
final class PlantedCompany {
  static final LocalDate FIRST = LocalDate.of(2025, 9, 1);
  static final LocalDate LAST = LocalDate.of(2026, 9, 30);
  private static final LocalDate FIRST_PLANT = FIRST.plusDays(60);
  private static final int DAYS_APART = 23;
  private static final int TIMES = 2;
  private static final String BUYER = "platform";

  /**
   * Whether a commitment covers it; how its quantity varies; whether its price follows a market.
   */
  private record Use(
      String team,
      String service,
      String sku,
      String unit,
      int resources,
      double quantity,
      double price,
      double noise,
      double weekend,
      boolean isCommitted,
      boolean isSpot,
      @Nullable String model) {}

  /**
   * Team, service, SKU, resources, quantity, price, noise, weekend; then committed, spot, a model.
   */
  private static final List<Use> USES =
      """
      search    | EC2            | p5.48xlarge    |  2 |     24 | 38.0  | 0.03 | 1   | committed | ranker
      search    | EC2            | m7i.2xlarge    |  4 |     24 | 0.40  | 0.05 | 0.8
      search    | S3             | storage        |  1 |   2100 | 0.023 | 0.01 | 1
      search    | Data transfer  | egress         |  1 |    900 | 0.09  | 0.15 | 0.6
      vision    | EC2            | p4d.24xlarge   |  3 |     24 | 21.9  | 0.08 | 0.7 | committed | detector
      vision    | EC2            | g6.12xlarge    |  2 |     24 | 4.6   | 0.05 | 0.8 |           | detector
      vision    | S3             | storage        |  1 |   9000 | 0.023 | 0.01 | 1
      vision    | Data transfer  | egress         |  1 |    700 | 0.09  | 0.2  | 0.5
      assistant | Foundry        | output tokens  |  1 |  60000 | 0.008 | 0.12 | 0.5 |           | gpt
      assistant | Foundry        | input tokens   |  1 | 300000 | 0.002 | 0.12 | 0.5 |           | gpt
      assistant | EC2            | p5.48xlarge    |  1 |     24 | 38.0  | 0.05 | 0.9 | committed | dialogue
      assistant | Data transfer  | egress         |  1 |    500 | 0.09  | 0.2  | 0.5
      ads       | Vertex AI      | g2-standard-12 |  3 |     24 | 1.15  | 0.06 | 0.8 |           | ctr
      ads       | Vertex AI      | tpu-v5e        |  1 |    140 | 1.2   | 0.25 | 0.4 |           | ctr
      ads       | EC2            | p4d.24xlarge   |  1 |     24 | 21.9  | 0.05 | 0.9 | committed | ctr
      data      | BigQuery       | analysis       |  1 |     40 | 6.25  | 0.25 | 0.4
      data      | Compute Engine | n2 core        |  1 |   1800 | 0.009 | 0.2  | 0.6 | spot
      data      | EC2            | m7i.2xlarge    |  8 |     24 | 0.40  | 0.1  | 0.7
      data      | S3             | storage        |  1 |  20000 | 0.023 | 0.01 | 1
      platform  | EC2            | m7i.2xlarge    | 10 |     24 | 0.40  | 0.03 | 1
      platform  | Data transfer  | egress         |  1 |    400 | 0.09  | 0.2  | 0.8
      """
          .lines()
          .map(PlantedCompany::use)
          .toList();

  private static final List<String> TEAMS =
      List.of("search", "vision", "assistant", "ads", "data", "platform");
  private static final List<String> EGRESS = List.of("search", "vision", "assistant", "platform");
  private static final List<String> COMMITTED = List.of("search", "vision", "assistant", "ads");

  private final long seed;
  private final List<Planted> planted = new ArrayList<>();

  PlantedCompany(long seed) {
    this.seed = seed;
    Random random = new Random(seed);
    List<Planted.Kind> kinds = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      Collections.addAll(kinds, Planted.Kind.values());
    }
    Collections.shuffle(kinds, random);
    List<String> committed = new ArrayList<>(COMMITTED);
    Collections.shuffle(committed, random);
    LocalDate day = FIRST_PLANT;
    for (Planted.Kind kind : kinds) {
      planted.add(plant(kind, day.plusDays(random.nextInt(5)), committed, random));
      day = day.plusDays(DAYS_APART);
    }
  }

  private static Use use(String row) {
    String[] cells = Arrays.copyOf(row.split(" *\\| *"), 10);
    return new Use(
        cells[0],
        cells[1],
        cells[2],
        "h",
        Integer.parseInt(cells[3]),
        Double.parseDouble(cells[4]),
        Double.parseDouble(cells[5]),
        Double.parseDouble(cells[6]),
        Double.parseDouble(cells[7].strip()),
        "committed".equals(cells[8]),
        "spot".equals(cells[8]),
        cells[9]);
  }

  List<Planted> planted() {
    return planted;
  }

  /** Returns the lines of a day with all that is planted. */
  List<CostLine> lines(LocalDate day) {
    List<CostLine> lines = ordinary(day);
    for (Planted one : planted) {
      lines = one.isOn(day) ? with(one, lines) : lines;
    }
    return lines;
  }

  /** Returns by how much an incident changed the cost of the owner, or of the company, on a day. */
  BigDecimal cost(Planted planted, LocalDate day) {
    return change(planted, day, planted.owner()).max(change(planted, day, null));
  }

  /** Returns the team that can act: of a price, the one whose cost it changes most. */
  String owner(Planted planted) {
    return planted.kind() != Planted.Kind.PRICE_CHANGE
        ? planted.owner()
        : TEAMS.stream()
            .max(Comparator.comparing(team -> change(planted, planted.start(), team)))
            .orElseThrow();
  }

  private BigDecimal change(Planted planted, LocalDate day, @Nullable String team) {
    List<CostLine> before = ordinary(day);
    for (Planted other : planted()) {
      if (!other.equals(planted) && other.isOn(day)) {
        before = with(other, before);
      }
    }
    return planted.isOn(day)
        ? cost(with(planted, before), team).subtract(cost(before, team)).abs()
        : BigDecimal.ZERO;
  }

  private static BigDecimal cost(List<CostLine> lines, @Nullable String team) {
    return lines.stream()
        .filter(line -> team == null || Objects.equals(line.team(), team))
        .map(CostLine::cost)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static List<CostLine> with(Planted planted, List<CostLine> lines) {
    return lines.stream().flatMap(line -> planted.change().apply(line).stream()).toList();
  }

  private List<CostLine> ordinary(LocalDate day) {
    Random random = new Random(seed * 1_000_003 + day.toEpochDay());
    List<CostLine> lines = new ArrayList<>();
    for (Use use : USES) {
      double growth = 1 + 0.15 * (day.toEpochDay() - FIRST.toEpochDay()) / 395;
      double weekday = day.getDayOfWeek().getValue() > 5 ? use.weekend() : 1;
      double ofDay = growth * weekday * (1 + use.noise() * random.nextGaussian());
      double price = use.isSpot() ? use.price() * (1 + 0.04 * random.nextGaussian()) : use.price();
      for (int node = 0; node < use.resources(); node++) {
        double quantity =
            Math.max(0.01, use.quantity() * ofDay * (1 + 0.02 * random.nextGaussian()));
        lines.addAll(lines(use, day, resource(use, day, node), quantity, price));
      }
      lines.add(shared(use, day, random));
    }
    COMMITTED.forEach(team -> lines.add(unused(day, team, 20 * (1 + 0.2 * random.nextGaussian()))));
    return lines;
  }

  /** Batch nodes are replaced every few days; all others stay. */
  private static String resource(Use use, LocalDate day, int node) {
    boolean isReplaced = use.team().equals("data") && use.service().equals("EC2");
    long generation = isReplaced ? (day.toEpochDay() + node) / 3 : 0;
    return String.join("/", use.team(), use.sku(), node + "-" + generation);
  }

  private static List<CostLine> lines(
      Use use, LocalDate day, String resource, double quantity, double price) {
    if (!use.isCommitted()) {
      return List.of(line(use, day, resource, null, quantity, price));
    }
    return List.of(
        line(use, day, resource, "sp-" + use.team(), 0.7 * quantity, 0.6 * price),
        line(use, day, resource, null, 0.3 * quantity, price));
  }

  private static CostLine line(
      Use use,
      LocalDate day,
      String resource,
      @Nullable String commitment,
      double quantity,
      double price) {
    BigDecimal hours = BigDecimal.valueOf(quantity).setScale(6, RoundingMode.HALF_EVEN);
    return new CostLine(
        day,
        USAGE,
        use.team(),
        use.service(),
        use.sku(),
        use.unit(),
        commitment,
        resource,
        "account-" + use.team(),
        use.model(),
        hours,
        hours.multiply(BigDecimal.valueOf(price)));
  }

  private static CostLine shared(Use use, LocalDate day, Random random) {
    BigDecimal cost =
        BigDecimal.valueOf(5 * (1 + 0.1 * random.nextGaussian())).setScale(6, RoundingMode.HALF_UP);
    return new CostLine(
        day, OTHER, use.team(), "Support", "support", null, null, null, null, null, null, cost);
  }

  private static CostLine unused(LocalDate day, String team, double cost) {
    return new CostLine(
        day,
        UNUSED,
        BUYER,
        "EC2",
        "commitment",
        null,
        "sp-" + team,
        null,
        null,
        null,
        null,
        BigDecimal.valueOf(cost).setScale(6, RoundingMode.HALF_UP));
  }

  private static Planted plant(
      Planted.Kind kind, LocalDate start, List<String> committed, Random random) {
    return switch (kind) {
      case PRICE_CHANGE -> priceChange(start, random);
      case RUNAWAY_JOB -> runawayJob(start, random);
      case FORGOTTEN_NODES -> forgottenNodes(start, random);
      case EGRESS_BURST -> egressBurst(start, random);
      case DELETED_COMMITMENT -> deletedCommitment(start, committed.remove(0));
      case TAG_LOST -> tagLost(start, random);
      case COMMITMENT_UNUSED ->
          commitmentUnused(start, committed.get(committed.size() - 1), random);
    };
  }

  private static <T> T any(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static Planted priceChange(LocalDate start, Random random) {
    Use use =
        any(
            random,
            USES.stream()
                .filter(one -> one.quantity() * one.price() * one.resources() > 400)
                .toList());
    double ratio =
        random.nextBoolean() ? 1.15 + 0.2 * random.nextDouble() : 0.7 + 0.15 * random.nextDouble();
    String owner = use.sku().equals("p5.48xlarge") ? "search" : use.team();
    owner = use.sku().equals("p4d.24xlarge") ? "vision" : owner;
    owner = use.sku().equals("storage") ? "data" : owner;
    return new Planted(
        Planted.Kind.PRICE_CHANGE,
        start,
        LAST,
        Cause.PRICE,
        owner,
        line ->
            List.of(
                line.kind() == USAGE && line.sku().equals(use.sku())
                    ? Planted.priced(line, ratio)
                    : line));
  }

  private static Planted runawayJob(LocalDate start, Random random) {
    Use use = any(random, USES.stream().filter(Use::isCommitted).toList());
    double ratio = 1.5 + random.nextDouble();
    return new Planted(
        Planted.Kind.RUNAWAY_JOB,
        start,
        start.plusDays(2 + random.nextInt(4)),
        Cause.VOLUME,
        use.team(),
        line ->
            List.of(
                is(line, use) && line.commitment() == null
                    ? Planted.used(line, 1 + (ratio - 1) / 0.3)
                    : line));
  }

  private static boolean is(CostLine line, Use use) {
    return line.kind() == USAGE && use.team().equals(line.team()) && use.sku().equals(line.sku());
  }

  private static Planted forgottenNodes(LocalDate start, Random random) {
    Use use =
        any(random, USES.stream().filter(one -> one.resources() > 1 && one.price() > 1).toList());
    int nodes = 1 + random.nextInt(3);
    String mark = "/" + start;
    return new Planted(
        Planted.Kind.FORGOTTEN_NODES,
        start,
        start.plusDays(6 + random.nextInt(8)),
        Cause.NEW,
        use.team(),
        line ->
            is(line, use) && line.commitment() == null && line.resource().contains("/0-")
                ? IntStream.rangeClosed(0, nodes)
                    .mapToObj(
                        node ->
                            node == 0
                                ? line
                                : Planted.used(Planted.on(line, "new" + node + mark), 1 / 0.3))
                    .toList()
                : List.of(line));
  }

  private static Planted egressBurst(LocalDate start, Random random) {
    String team = any(random, EGRESS);
    double ratio = 8 + 15 * random.nextDouble();
    return new Planted(
        Planted.Kind.EGRESS_BURST,
        start,
        start.plusDays(random.nextInt(3)),
        Cause.VOLUME,
        team,
        line ->
            List.of(
                line.sku().equals("egress") && team.equals(line.team())
                    ? Planted.used(line, ratio)
                    : line));
  }

  private static Planted deletedCommitment(LocalDate start, String team) {
    String commitment = "sp-" + team;
    return new Planted(
        Planted.Kind.DELETED_COMMITMENT,
        start,
        LAST,
        Cause.COVERAGE,
        team,
        line -> {
          if (!commitment.equals(line.commitment())) {
            return List.of(line);
          }
          return line.kind() == UNUSED
              ? List.of()
              : List.of(
                  Planted.with(
                      line,
                      line.team(),
                      null,
                      line.quantity(),
                      line.cost().divide(new BigDecimal("0.6"), 9, RoundingMode.HALF_EVEN)));
        });
  }

  private static Planted tagLost(LocalDate start, Random random) {
    Use use =
        any(
            random,
            USES.stream()
                .filter(one -> !one.team().equals(BUYER) && one.quantity() * one.price() > 100)
                .toList());
    return new Planted(
        Planted.Kind.TAG_LOST,
        start,
        start.plusDays(5 + random.nextInt(10)),
        Cause.HAND_OVER,
        use.team(),
        line ->
            List.of(
                is(line, use) && line.resource().contains("/0-")
                    ? Planted.with(line, BUYER, line.commitment(), line.quantity(), line.cost())
                    : line));
  }

  private static Planted commitmentUnused(LocalDate start, String team, Random random) {
    String commitment = "sp-" + team;
    double left = 0.2 + 0.3 * random.nextDouble();
    double unused =
        USES.stream()
                .filter(use -> use.isCommitted() && use.team().equals(team))
                .mapToDouble(use -> use.resources() * use.quantity() * use.price() * 0.7 * 0.6)
                .sum()
            * (1 - left);
    return new Planted(
        Planted.Kind.COMMITMENT_UNUSED,
        start,
        start.plusDays(3 + random.nextInt(7)),
        Cause.UNUSED_COMMITMENT,
        BUYER,
        line -> {
          if (!commitment.equals(line.commitment())) {
            return List.of(line);
          }
          return List.of(
              line.kind() == UNUSED
                  ? Planted.with(
                      line,
                      line.team(),
                      commitment,
                      null,
                      line.cost().add(BigDecimal.valueOf(unused)))
                  : Planted.used(line, left));
        });
  }
}
