package costlake.incident;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A part of a change of cost.
 *
 * @param team team whose cost changed; null if nobody pays it
 * @param from team that paid before a hand-over; null for other causes
 * @param to team that pays after a hand-over; null for other causes
 * @param item SKU, commitment or kind of cost that changed; the service for mix; null for a
 *     hand-over
 * @param resources new, ended or handed over resources in order; empty for other causes
 * @param amount change of the effective cost by this part, exact
 */
public record CausePart(
    Cause cause,
    @Nullable String team,
    @Nullable String from,
    @Nullable String to,
    String service,
    @Nullable String item,
    List<String> resources,
    BigDecimal amount) {
  public CausePart {
    resources = List.copyOf(resources);
  }

  static CausePart of(Cause cause, Sku sku, List<String> resources, BigDecimal amount) {
    return new CausePart(
        cause, sku.team(), null, null, sku.service(), sku.sku(), resources, amount);
  }

  static CausePart of(Payers.HandOver moved, CostLine line, BigDecimal amount) {
    return new CausePart(
        Cause.HAND_OVER,
        line.team(),
        moved.from(),
        moved.to(),
        line.service(),
        null,
        List.of(String.valueOf(line.resource())),
        amount);
  }

  static CausePart unpriced(CostLine line, BigDecimal amount) {
    Cause cause =
        switch (line.kind()) {
          case UNUSED -> Cause.UNUSED_COMMITMENT;
          case IDLE -> Cause.IDLE;
          default -> Cause.OTHER;
        };
    String item = line.kind() == CostLine.Kind.UNUSED ? line.commitment() : line.sku();
    return new CausePart(cause, line.team(), null, null, line.service(), item, List.of(), amount);
  }

  /** Returns what two parts of the same event have in common. Prices are the same for all teams. */
  List<@Nullable Object> key() {
    return switch (cause) {
      case HAND_OVER -> Arrays.asList(cause, from, to);
      case PRICE, COVERAGE -> Arrays.asList(cause, service, item);
      case UNUSED_COMMITMENT -> Arrays.asList(cause, item);
      default -> Arrays.asList(cause, team, service, item);
    };
  }

  /** Returns the team that can act: that which paid before a hand-over, else that which pays. */
  @Nullable String owner() {
    return cause == Cause.HAND_OVER && from != null ? from : team;
  }

  /** Returns the part of both, for two parts with the same cause and team. */
  CausePart plus(CausePart other) {
    TreeSet<String> both = new TreeSet<>(resources);
    both.addAll(other.resources);
    return new CausePart(
        cause, team, from, to, service, item, new ArrayList<>(both), amount.add(other.amount));
  }

  /** A SKU of a team. */
  record Sku(
      @Nullable String team,
      CostLine.Kind kind,
      String service,
      String sku,
      @Nullable String unit) {
    static Sku of(CostLine line) {
      return new Sku(line.team(), line.kind(), line.service(), line.sku(), line.unit());
    }
  }
}
