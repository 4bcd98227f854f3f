package costlake.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** How the cost of nodes and shared costs are split ({@code allocation.yml}). */
public record Allocation(
    @Description("Groups of nodes and how their cost is split.") List<NodeGroup> nodeGroups,
    @Description("Shared pools, in the order in which they are split.") List<Pool> pools) {
  public Allocation {
    nodeGroups = List.copyOf(nodeGroups);
    pools = List.copyOf(pools);
  }

  /** A group of nodes whose cost is split in the same way. */
  public record NodeGroup(
      @Required @Description("Short name, unique.") String id,
      @Required
          @Description(
              "Conditions, all of which must hold: cluster, instance_type or a node label, and"
                  + " the required value.")
          Map<String, String> where,
      @Required
          @Description(
              "How the cost of a node is divided among accelerators, CPU and memory:"
                  + " weights, price-ratio or fixed.")
          Method method,
      @Required
          @Description(
              "Who is charged for idle cost. keep: idle_owner; proportional: the workloads"
                  + " of the node, by their shares; even: the teams on the node, equally.")
          Idle idle,
      @Required
          @Description("Team that is charged for the idle cost that no other team is charged for.")
          String idleOwner) {
    public NodeGroup {
      where = Map.copyOf(where);
      conditions("node group", id, where);
    }
  }

  /** How the cost of a node is divided among accelerators, CPU and memory. */
  public enum Method implements EnumNames.Spelled {
    WEIGHTS("weights"),
    PRICE_RATIO("price-ratio"),
    FIXED("fixed");

    private final String spelling;

    Method(String spelling) {
      this.spelling = spelling;
    }

    @Override
    public String spelling() {
      return spelling;
    }
  }

  /** Who is charged for idle cost. */
  public enum Idle {
    KEEP,
    PROPORTIONAL,
    EVEN
  }

  /** A pool of shared charges that is split over teams. */
  public record Pool(
      @Required @Description("Short name, unique.") String id,
      @Required @Description("Name printed on statements.") String name,
      @Required
          @Description(
              "Conditions on charges, all of which must hold: a FOCUS column or a normalised tag,"
                  + " and the required value.")
          Map<String, String> where,
      @Required
          @Description(
              "How the pool is split. even: equally; fixed: by shares; cost: in proportion"
                  + " to the cost of each team after nodes and earlier pools; accelerator_hours,"
                  + " cpu_hours, memory_hours: in proportion to use.")
          Driver driver,
      @Description(
              "What happens if no team has any units of the driver. even: the pool is split"
                  + " equally; keep: the owners of the charges pay them.")
          Fallback fallback,
      @Description("Teams that can be charged a part of the pool. Empty: all teams.")
          List<String> teams,
      @Description("For driver fixed: the share of each team, by team id. The shares add up to 1.")
          Map<String, BigDecimal> shares) {
    public Pool {
      where = Map.copyOf(where);
      teams = List.copyOf(teams);
      shares = Map.copyOf(shares);
      fallback = fallback == null ? Fallback.EVEN : fallback;
      conditions("pool", id, where);
      BigDecimal sum = shares.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
      if ((driver == Driver.FIXED) != !shares.isEmpty()) {
        throw new IllegalArgumentException(
            "pool '" + id + "': driver fixed needs shares, and other drivers must have none");
      }
      if (driver == Driver.FIXED && sum.compareTo(BigDecimal.ONE) != 0) {
        throw new IllegalArgumentException(
            "pool '" + id + "': the shares add up to " + sum + ", not to 1");
      }
    }
  }

  /** The quantity in proportion to which a pool is split. */
  public enum Driver {
    EVEN,
    FIXED,
    COST,
    ACCELERATOR_HOURS,
    CPU_HOURS,
    MEMORY_HOURS
  }

  /** What happens to a pool if no team has any units of the driver. */
  public enum Fallback {
    EVEN,
    KEEP
  }

  private static void conditions(String what, String id, Map<String, String> where) {
    if (where.isEmpty()) {
      throw new IllegalArgumentException(what + " '" + id + "' needs a condition in where");
    }
  }
}
