package costlake.incident;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why the cost of some days differs from that of as many days before, in parts that sum exactly to
 * the difference. Prices are compared SKU by SKU and commitment by commitment, so usage that moves
 * between SKUs is no change of a price.
 */
public final class CostChange {
  private static final int MONEY_DIGITS = 21;
  private static final Set<Cause> USED = Set.of(Cause.VOLUME, Cause.NEW, Cause.ENDED);
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  private final BigDecimal cost;
  private final BigDecimal costBefore;
  private final List<CausePart> parts;
  private final Map<String, BigDecimal> covered;

  private CostChange(
      BigDecimal cost,
      BigDecimal costBefore,
      List<CausePart> parts,
      Map<String, BigDecimal> covered) {
    this.covered = covered;
    this.cost = cost;
    this.costBefore = costBefore;
    this.parts = parts;
  }

  /**
   * Compares the lines of days with those of as many days before.
   *
   * @param payers who paid for resources before, and who pays now: of all lines, also of those that
   *     are not compared
   */
  static CostChange of(
      Collection<CostLine> before, Collection<CostLine> after, Payers payers, Payers payersNow) {
    Lines lines = new Lines(payers, payersNow);
    before.forEach(line -> lines.add(line, true));
    after.forEach(line -> lines.add(line, false));
    return new CostChange(
        sum(after), sum(before), merged(mixed(merged(lines.parts()))), lines.covered);
  }

  /** Returns the cost of the days. */
  public BigDecimal cost() {
    return cost;
  }

  /** Returns the cost of the days before. */
  public BigDecimal costBefore() {
    return costBefore;
  }

  /** Returns the parts, the largest first. They sum to the difference of the two costs. */
  public List<CausePart> parts() {
    return parts;
  }

  /** Returns the part of an event, of all teams; null if it has none. */
  @Nullable CausePart ofKey(List<@Nullable Object> key) {
    return events().get(key);
  }

  /** Returns the parts of all teams by what happened. */
  Collection<CausePart> ofAllTeams() {
    return events().values();
  }

  /** Returns by how much the cost of usage changed that a commitment covers. */
  BigDecimal ofCommitment(@Nullable String commitment) {
    return covered.getOrDefault(commitment, BigDecimal.ZERO);
  }

  /** Returns by how much the cost of usage of a SKU changed by its volume. */
  BigDecimal ofUsage(@Nullable String sku) {
    return parts.stream()
        .filter(part -> USED.contains(part.cause()) && Objects.equals(part.item(), sku))
        .map(CausePart::amount)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Returns one part for each event, with the team that has most of it. */
  private Map<List<@Nullable Object>, CausePart> events() {
    Map<List<@Nullable Object>, CausePart> events = new LinkedHashMap<>();
    parts.forEach(part -> events.merge(part.key(), part, CausePart::plus));
    return events;
  }

  /**
   * Replaces the volumes of a service by one part if some rise and others fall, the smaller at
   * least half as much as the larger: then usage moved from SKU to SKU.
   */
  private static List<CausePart> mixed(Collection<CausePart> parts) {
    Map<List<@Nullable String>, List<CausePart>> volumes =
        parts.stream()
            .filter(part -> part.cause() == Cause.VOLUME)
            .collect(
                Collectors.groupingBy(
                    part -> Arrays.asList(part.team(), part.service()),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return Stream.concat(
            parts.stream().filter(part -> part.cause() != Cause.VOLUME),
            volumes.values().stream().flatMap(service -> moved(service).stream()))
        .toList();
  }

  private static List<CausePart> moved(List<CausePart> service) {
    BigDecimal rise = total(service, 1);
    BigDecimal fall = total(service, -1).negate();
    if (rise.min(fall).multiply(TWO).compareTo(rise.max(fall)) < 0) {
      return service;
    }
    CausePart first = service.get(0);
    return List.of(
        new CausePart(
            Cause.MIX,
            first.team(),
            null,
            null,
            first.service(),
            first.service(),
            List.of(),
            rise.subtract(fall)));
  }

  private static BigDecimal total(List<CausePart> parts, int sign) {
    return parts.stream()
        .map(CausePart::amount)
        .filter(amount -> amount.signum() == sign)
        .reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Returns one part for each event and team, without those of nothing, the largest first. */
  private static List<CausePart> merged(Collection<CausePart> parts) {
    Map<List<@Nullable Object>, CausePart> merged = new LinkedHashMap<>();
    for (CausePart part : parts) {
      List<@Nullable Object> key = new ArrayList<>(part.key());
      key.add(part.team());
      merged.merge(key, part, CausePart::plus);
    }
    return merged.values().stream()
        .filter(part -> part.amount().signum() != 0)
        .sorted(Comparator.comparing((CausePart part) -> part.amount().abs()).reversed())
        .toList();
  }

  private static BigDecimal sum(Collection<CostLine> lines) {
    return lines.stream().map(CostLine::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** The lines of both sides: usage by SKU, all else as parts of its own. */
  private static final class Lines {
    private final Payers payers;
    private final Payers payersNow;
    private final Map<CausePart.Sku, Sides> skus = new LinkedHashMap<>();
    private final Map<String, BigDecimal> covered = new HashMap<>();
    private final List<CausePart> others = new ArrayList<>();

    Lines(Payers payers, Payers payersNow) {
      this.payers = payers;
      this.payersNow = payersNow;
    }

    void add(CostLine line, boolean isBefore) {
      BigDecimal change = isBefore ? line.cost().negate() : line.cost();
      Payers.HandOver moved = payers.handOver(line.resource(), payersNow);
      if (line.kind() == CostLine.Kind.USAGE && line.commitment() != null) {
        covered.merge(line.commitment(), change, BigDecimal::add);
      }
      if (moved != null) {
        others.add(CausePart.of(moved, line, change));
      } else if (line.isPriced()) {
        skus.computeIfAbsent(CausePart.Sku.of(line), sku -> new Sides()).add(line, isBefore);
      } else {
        others.add(CausePart.unpriced(line, change));
      }
    }

    List<CausePart> parts() {
      List<CausePart> parts = new ArrayList<>(others);
      skus.forEach((sku, sides) -> parts.addAll(sides.parts(sku)));
      return parts;
    }
  }

  /** A quantity and its cost. */
  private record Amount(BigDecimal quantity, BigDecimal cost) {
    static final Amount NONE = new Amount(BigDecimal.ZERO, BigDecimal.ZERO);

    static Amount of(CostLine line) {
      return new Amount(Objects.requireNonNull(line.quantity()), line.cost());
    }

    Amount plus(Amount other) {
      return new Amount(quantity.add(other.quantity), cost.add(other.cost));
    }

    /** Returns the cost of another quantity at the same price. */
    BigDecimal at(BigDecimal other) {
      return cost.multiply(other).divide(quantity, MONEY_DIGITS, RoundingMode.HALF_EVEN);
    }
  }

  /** The usage of a SKU by a team, before and after. */
  private static final class Sides {
    private final Map<String, Amount> before = new TreeMap<>();
    private final Map<String, Amount> after = new TreeMap<>();
    private final Map<String, BigDecimal> resourcesBefore = new TreeMap<>();
    private final Map<String, BigDecimal> resourcesAfter = new TreeMap<>();
    private boolean unknownResources;

    void add(CostLine line, boolean isBefore) {
      String commitment = line.commitment() == null ? "" : line.commitment();
      Amount amount = Amount.of(line);
      (isBefore ? before : after).merge(commitment, amount, Amount::plus);
      unknownResources |= line.resource() == null;
      (isBefore ? resourcesBefore : resourcesAfter)
          .merge(
              line.resource() == null ? "" : line.resource(), amount.quantity(), BigDecimal::add);
    }

    List<CausePart> parts(CausePart.Sku sku) {
      Amount all = total(before);
      Amount allAfter = total(after);
      BigDecimal change = allAfter.cost().subtract(all.cost());
      BigDecimal price = price();
      BigDecimal coverage = coverage();
      BigDecimal volume = change.subtract(price).subtract(coverage);
      List<CausePart> parts = new ArrayList<>();
      parts.add(CausePart.of(Cause.PRICE, sku, List.of(), price));
      parts.add(CausePart.of(Cause.COVERAGE, sku, List.of(), coverage));
      parts.addAll(volumes(sku, volume, allAfter.quantity().subtract(all.quantity())));
      return parts;
    }

    private static Amount total(Map<String, Amount> side) {
      return side.values().stream().reduce(Amount.NONE, Amount::plus);
    }

    private BigDecimal price() {
      return before.entrySet().stream()
          .filter(entry -> after.containsKey(entry.getKey()))
          .map(entry -> price(entry.getValue(), Objects.requireNonNull(after.get(entry.getKey()))))
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /**
     * Returns what usage costs more that moved from one commitment, or from none, to another: the
     * moved quantity at the difference of the prices.
     */
    private BigDecimal coverage() {
      Amount gained = Amount.NONE;
      Amount lost = Amount.NONE;
      Set<String> commitments = new TreeSet<>(before.keySet());
      commitments.addAll(after.keySet());
      for (String commitment : commitments) {
        Amount then = before.getOrDefault(commitment, Amount.NONE);
        Amount now = after.getOrDefault(commitment, Amount.NONE);
        BigDecimal more = now.quantity().subtract(then.quantity());
        Amount priced = then.quantity().signum() > 0 ? then : now;
        Amount moved = new Amount(more.abs(), priced.at(more.abs()));
        gained = more.signum() > 0 ? gained.plus(moved) : gained;
        lost = more.signum() < 0 ? lost.plus(moved) : lost;
      }
      BigDecimal moved = gained.quantity().min(lost.quantity());
      return moved.signum() == 0 ? BigDecimal.ZERO : gained.at(moved).subtract(lost.at(moved));
    }

    private static BigDecimal price(Amount before, Amount after) {
      return after.cost().subtract(before.at(after.quantity()));
    }

    /** Splits a volume into that of new or ended resources and that of the others. */
    private List<CausePart> volumes(CausePart.Sku sku, BigDecimal volume, BigDecimal quantity) {
      if (sku.kind() == CostLine.Kind.IDLE) {
        return List.of(CausePart.of(Cause.IDLE, sku, List.of(), volume));
      }
      BigDecimal more = unknownResources ? BigDecimal.ZERO : added().subtract(removed());
      if (quantity.signum() == 0 || more.signum() == 0) {
        return List.of(CausePart.of(Cause.VOLUME, sku, List.of(), volume));
      }
      BigDecimal part =
          volume.multiply(more).divide(quantity, MONEY_DIGITS, RoundingMode.HALF_EVEN);
      Cause cause = more.signum() > 0 ? Cause.NEW : Cause.ENDED;
      Set<String> resources =
          more.signum() > 0
              ? only(resourcesAfter, resourcesBefore)
              : only(resourcesBefore, resourcesAfter);
      return List.of(
          CausePart.of(cause, sku, List.copyOf(resources), part),
          CausePart.of(Cause.VOLUME, sku, List.of(), volume.subtract(part)));
    }

    private BigDecimal added() {
      return quantity(resourcesAfter, resourcesBefore);
    }

    private BigDecimal removed() {
      return quantity(resourcesBefore, resourcesAfter);
    }

    private static Set<String> only(Map<String, BigDecimal> side, Map<String, BigDecimal> other) {
      Set<String> only = new TreeSet<>(side.keySet());
      only.removeAll(other.keySet());
      return only;
    }

    private static BigDecimal quantity(
        Map<String, BigDecimal> side, Map<String, BigDecimal> other) {
      return only(side, other).stream()
          .map(resource -> Objects.requireNonNull(side.get(resource)))
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
  }
}
