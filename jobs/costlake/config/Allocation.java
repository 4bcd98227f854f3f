package costlake.config;

import costlake.core.Message;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the cost of nodes, shared costs and the cost of endpoints are split ({@code allocation.yml}).
 */
public record Allocation(
    @Description("Groups of nodes and how their cost is split.") List<NodeGroup> nodeGroups,
    @Description("Shared pools, in the order in which they are split.") List<Pool> pools,
    @Description("What pays for endpoints, their capacity, and what their tokens weigh.")
        List<EndpointSettings> endpoints) {
  public Allocation {
    nodeGroups = List.copyOf(nodeGroups);
    pools = List.copyOf(pools);
    endpoints = List.copyOf(endpoints);
  }

  /** What is stated of an endpoint instead of measured. */
  public record EndpointSettings(
      @Required @Description("Endpoint, as telemetry.inference_hours names it; unique.") String id,
      @Description(
              "What pays for it, if no label of a workload names it: charges (a machine, a resource,"
                  + " a tag, the lines of an invoice) and jobs. A charge or job belongs to the first"
                  + " endpoint of the file with a rule that holds.")
          List<EndpointRule> paidBy,
      @Description(
              "Input and output tokens a second that it can sustain. Empty: the rate of its busiest"
                  + " hour of the month.")
          @Nullable BigDecimal capacityPerS,
      @Description(
              "How many input tokens an output token weighs. Empty: the measured time of reading"
                  + " and generating, else the ratio of the prices of the vendor's model that its"
                  + " model is compared with, else 2.5.")
          @Nullable BigDecimal outputWeight,
      @Description(
              "How many other input tokens a cached input token weighs. Empty: the ratio of the"
                  + " prices of that vendor's model, else 0.1.")
          @Nullable BigDecimal cachedWeight) {
    private static final BigDecimal MAX = new BigDecimal("100000000");
    private static final int DECIMALS = 9;

    public EndpointSettings {
      paidBy = List.copyOf(paidBy);
      paidBy.forEach(rule -> rule.check(id));
      check(id, "capacity_per_s", capacityPerS, 1);
      check(id, "output_weight", outputWeight, 1);
      check(id, "cached_weight", cachedWeight, 0);
    }

    private static void check(String id, String key, @Nullable BigDecimal value, int signMin) {
      if (value != null
          && (value.signum() < signMin || value.compareTo(MAX) >= 0 || value.scale() > DECIMALS)) {
        throw new IllegalArgumentException(
            Message.of(
                "endpoint '%s': %s %s must be %s and less than 100000000, with at most nine decimals",
                id, key, value.toPlainString(), signMin > 0 ? "greater than 0" : "at least 0"));
      }
    }
  }

  /** A rule that says which charges and jobs an endpoint is paid by, in a period of time. */
  public record EndpointRule(
      @Required
          @Description(
              "Conditions, all of which must hold: a FOCUS column or a normalised tag of a charge, or"
                  + " cluster, namespace, workload_id, scheduler, user, partition, qos or job_name of"
                  + " a job, and the required value.")
          Map<String, String> where,
      @Description("First day on which the rule is in force. Empty: always.")
          @Nullable LocalDate from,
      @Description("First day on which it is no longer in force. Empty: never.")
          @Nullable LocalDate to) {
    public EndpointRule {
      where = Map.copyOf(where);
    }

    private void check(String endpoint) {
      conditions("a rule of endpoint", endpoint, where);
      if (to != null && from != null && !to.isAfter(from)) {
        throw new IllegalArgumentException(
            "a rule of endpoint '" + endpoint + "' ends before it begins");
      }
    }
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
