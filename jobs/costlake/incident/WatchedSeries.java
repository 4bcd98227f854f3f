package costlake.incident;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A series that is watched: one figure a day.
 *
 * @param team team of the cost; null if nobody pays, and for a company, a model, a price and a
 *     commitment
 * @param id what the series is about beside the team; null if it is about the team or the company
 * @param commitment commitment that has the price; null for a price without one, and for all others
 */
public record WatchedSeries(
    Kind kind, @Nullable String team, @Nullable String id, @Nullable String commitment) {
  /** What a series is about, the most exact first. */
  public enum Kind {
    /** The price of a SKU, with or without a commitment. */
    PRICE(Cause.PRICE),
    /** What a team pays for a unit of a SKU, with and without commitments. */
    COVERAGE(Cause.COVERAGE),
    /** The cost of what a commitment has unused: its utilisation in money. */
    COMMITMENT,
    /** The cost of resources that a team did not have a week ago. */
    RESOURCES(Cause.NEW, Cause.HAND_OVER),
    /** The cost of a team for a SKU. */
    SKU,
    /** The cost of a team for a service. */
    SERVICE,
    /** The cost of a team in a resource group. */
    GROUP,
    /** The cost of a model. */
    MODEL,
    /** The cost of a team. */
    TEAM,
    /** The cost of the company. */
    COMPANY;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<Cause> causes;

    Kind(Cause... causes) {
      this.causes = List.of(causes);
    }

    /** Returns the only causes that such a series can show; empty if it can show any. */
    List<Cause> causes() {
      return causes;
    }
  }

  private static final WatchedSeries OF_COMPANY = new WatchedSeries(Kind.COMPANY, null, null);

  private WatchedSeries(Kind kind, @Nullable String team, @Nullable String id) {
    this(kind, team, id, null);
  }

  /** Returns the series of the cost of new resources of a team. */
  static WatchedSeries ofResources(@Nullable String team) {
    return new WatchedSeries(Kind.RESOURCES, team, null);
  }

  /** Returns the series of the cost of a team. */
  static WatchedSeries ofTeam(@Nullable String team) {
    return new WatchedSeries(Kind.TEAM, team, null);
  }

  /** Returns the series in which a line always counts. */
  static List<WatchedSeries> of(CostLine line) {
    List<WatchedSeries> all = new ArrayList<>();
    if (line.isUsage()) {
      all.add(new WatchedSeries(Kind.PRICE, null, skuId(line), line.commitment()));
      all.add(new WatchedSeries(Kind.COVERAGE, line.team(), skuId(line)));
    }
    if (line.kind() == CostLine.Kind.UNUSED) {
      all.add(new WatchedSeries(Kind.COMMITMENT, null, line.commitment()));
    }
    if (line.group() != null) {
      all.add(new WatchedSeries(Kind.GROUP, line.team(), line.group()));
    }
    if (line.model() != null) {
      all.add(new WatchedSeries(Kind.MODEL, null, line.model()));
    }
    all.add(new WatchedSeries(Kind.SKU, line.team(), skuId(line)));
    all.add(new WatchedSeries(Kind.SERVICE, line.team(), line.service()));
    all.add(ofTeam(line.team()));
    all.add(OF_COMPANY);
    return all;
  }

  /** Whether its figure is a price, not a cost. */
  boolean isPrice() {
    return kind == Kind.PRICE || kind == Kind.COVERAGE;
  }

  /** Returns the SKU of a line with its service and unit. */
  static String skuId(CostLine line) {
    return String.join(
        " ", line.service(), line.sku(), Objects.requireNonNullElse(line.unit(), ""));
  }
}
