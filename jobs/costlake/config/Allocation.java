package costlake.config;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** How nodes and shared costs are split; finance owns this file. */
public record Allocation(
    @Description("Groups of nodes and how their cost is split.") List<NodeGroup> nodeGroups,
    @Description("Shared pools, in the order in which they are split.") List<Pool> pools) {
  public Allocation {
    nodeGroups = List.copyOf(nodeGroups);
    pools = List.copyOf(pools);
  }

  /** Nodes that are split alike. */
  public record NodeGroup(
      @Required @Description("Short name, unique.") String id,
      @Required
          @Description(
              "Conditions, all of which must hold: cluster, instance_type or a node label, and"
                  + " the required value.")
          Map<String, String> where,
      @Required
          @Description(
              "How cost is split over accelerators, CPU and memory: weights, price-ratio or"
                  + " fixed.")
          Method method,
      @Required
          @Description(
              "Who receives idle cost: keep (idle_owner), proportional (the workloads of the node,"
                  + " by their shares) or even (the teams on the node, equally).")
          Idle idle,
      @Required @Description("Team that receives idle cost that no other team receives.")
          String idleOwner) {
    public NodeGroup {
      where = Map.copyOf(where);
      conditions("node group", id, where);
    }
  }

  /** Weights of a node's resources. */
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

  /** Policy for idle cost. */
  public enum Idle {
    KEEP,
    PROPORTIONAL,
    EVEN
  }

  /** A shared pool. */
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
              "What it is split by: even, fixed, cost (of a team, after nodes and earlier pools"
                  + " are split), accelerator_hours, cpu_hours or memory_hours.")
          Driver driver,
      @Description(
              "What happens if nobody has units: even (split equally) or keep (the owners of the"
                  + " charges keep it).")
          Fallback fallback,
      @Description("Teams that can receive a part. Empty: all.") List<String> teams,
      @Description("For driver fixed: team id to its share; the shares sum to 1.")
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
            "pool '" + id + "': driver fixed needs shares, and no other driver takes them");
      }
      if (driver == Driver.FIXED && sum.compareTo(BigDecimal.ONE) != 0) {
        throw new IllegalArgumentException(
            "pool '" + id + "': the shares sum to " + sum + ", not to 1");
      }
    }
  }

  /** The driver by which a pool is split. */
  public enum Driver {
    EVEN,
    FIXED,
    COST,
    ACCELERATOR_HOURS,
    CPU_HOURS,
    MEMORY_HOURS
  }

  /** The fallback if nobody has units. */
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
