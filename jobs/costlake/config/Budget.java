package costlake.config;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a scope may cost in a period ({@code budgets.yml}). {@link BudgetChecks} checks it. */
public record Budget(
    @Required @Description("Short name, unique: lower-case letters, digits, - or _.") String id,
    @Required @Description("Name printed in lists and messages.") String name,
    @Required @Description("Whose cost counts: company, or exactly one of the following keys.")
        Scope scope,
    @Required
        @Description("In which time it counts: month, quarter or year, or the following keys.")
        Period period,
    @Description(
            "What is counted. money: cost; accelerator_hours: hours for which workloads held or"
                + " requested accelerators, or runs held them; tokens: input and output tokens of"
                + " requests. Empty: money.")
        Measure measure,
    @Description("What may be spent in each period, greater than 0. Needs no versions.")
        @Nullable BigDecimal amount,
    @Description("Amounts with the day from which each is in force, in order of these days.")
        List<Version> versions,
    @Description(
            "Currency of the amount, ISO 4217. Costs in other currencies do not count. Needed for"
                + " money, and for nothing else.")
        @Nullable String currency,
    @Description(
            "Which cost counts. effective: amortised, as statements state it; billed: as invoiced;"
                + " contracted: at negotiated prices; list: at list prices. Empty: effective.")
        CostBasis cost,
    @Description(
            "Shares of the amount, percent, that are of interest when the cost reaches them, in"
                + " ascending order.")
        List<BigDecimal> thresholds,
    @Description(
            "The same for the cost that is forecast for the end of the period. A rolling budget has no"
                + " end to forecast.")
        List<BigDecimal> forecastThresholds,
    @Description("Team that is told. Empty: the team of the scope.") @Nullable String owner) {
  public Budget {
    versions = List.copyOf(versions);
    thresholds = List.copyOf(thresholds);
    forecastThresholds = List.copyOf(forecastThresholds);
    cost = cost == null ? CostBasis.EFFECTIVE : cost;
    measure = measure == null ? Measure.MONEY : measure;
  }

  /** Returns the amounts, each with the day from which it is in force. */
  List<Version> amounts() {
    return amount == null ? versions : List.of(new Version(null, amount));
  }

  /** Returns the team that is told. */
  Optional<String> toldTeam() {
    return Optional.ofNullable(owner).or(scope::onlyTeam);
  }

  /** The charges that count. */
  public record Scope(
      @Shorthand @Description("company: every charge of the company, also those that no team owns.")
          @Nullable Whole all,
      @Description("Team id.") @Nullable String team,
      @Description("Project.") @Nullable String project,
      @Description("AI model (product), as rules and tags assign it.") @Nullable String model,
      @Description("Experiment: what its runs cost, as economics.use_costs joins it to them.")
          @Nullable String experiment,
      @Description("Run: what all of its attempts cost.") @Nullable String run,
      @Description(
              "User: what the runs of the user cost, as trackers and schedulers name the user.")
          @Nullable String user,
      @Description(
              "Tenant: what its requests to endpoints cost (economics.token_costs), by month. Needs"
                  + " a period of the calendar and effective cost.")
          @Nullable String tenant,
      @Description("Cost centre: what the statements of its teams contain.")
          @Nullable String costCentre,
      @Description("ServiceProviderName.") @Nullable String provider,
      @Description(
              "Conditions on allocated charges, all of which must hold: a FOCUS column, or team,"
                  + " project, environment, model or endpoint as allocated, and the required value.")
          Map<String, String> where) {
    private static final String TEAM = "team";

    public Scope {
      where = Map.copyOf(where);
    }

    /** Returns the kinds of scope that are written, each with its value, empty if it has none. */
    private Map<String, @Nullable String> written() {
      Map<String, @Nullable String> kinds = new TreeMap<>();
      kinds.put("company", all == null ? null : "");
      kinds.put(TEAM, team);
      kinds.put("project", project);
      kinds.put("model", model);
      kinds.put("experiment", experiment);
      kinds.put("run", run);
      kinds.put("user", user);
      kinds.put("tenant", tenant);
      kinds.put("cost_centre", costCentre);
      kinds.put("provider", provider);
      kinds.put("filter", where.isEmpty() ? null : "");
      kinds.values().removeIf(Objects::isNull);
      return kinds;
    }

    /** Whether exactly one key says whose cost counts. */
    boolean isOne() {
      return written().size() == 1;
    }

    /**
     * Returns team, project, model, experiment, run, user, tenant, cost_centre, provider, company
     * or filter.
     */
    String kind() {
      return written().keySet().iterator().next();
    }

    /** Returns the team, project ... of the scope; null for the company and for a filter. */
    @Nullable String value() {
      String value = written().get(kind());
      return value == null || value.isEmpty() ? null : value;
    }

    /**
     * Returns the conditions that allocated charges must meet. The company has none; a cost centre,
     * an experiment, a run, a user and a tenant have none either, because no column of a charge
     * names them.
     */
    Map<String, String> conditions() {
      return switch (kind()) {
        case "filter" -> where;
        case "provider" -> Map.of("ServiceProviderName", Objects.requireNonNull(provider));
        case TEAM, "project", "model" -> Map.of(kind(), Objects.requireNonNull(value()));
        default -> Map.of();
      };
    }

    /** Returns the team to which all charges of the scope belong; empty if there may be several. */
    Optional<String> onlyTeam() {
      return Optional.ofNullable(team).or(() -> Optional.ofNullable(where.get(TEAM)));
    }

    /** Returns what two scopes with the same charges share, however they are written. */
    String identity() {
      Map<String, String> conditions = new TreeMap<>(conditions());
      return conditions.isEmpty() ? kind() + " " + value() : conditions.toString();
    }
  }

  /** The scopes that need no value. */
  public enum Whole {
    COMPANY
  }

  /** When a budget begins anew. */
  public record Period(
      @Shorthand @Description("Calendar period: month, quarter or year.") @Nullable Calendar every,
      @Description("The last days that bills cover, 1 to 366, e.g. 30: a rolling budget.")
          @Nullable Integer days,
      @Description("First day of a budget that counts once. Needs until.") @Nullable LocalDate from,
      @Description("Last day of a budget that counts once.") @Nullable LocalDate until) {
    /** Whether one of the three forms is written, and completely. */
    boolean isOne() {
      boolean isOnce = from != null && until != null;
      return (from == null) == (until == null)
          && Stream.of(every != null, days != null, isOnce).filter(is -> is).count() == 1;
    }

    /** Returns month, quarter, year, rolling or once. */
    String kind() {
      return every != null ? EnumNames.of(every) : days != null ? "rolling" : "once";
    }
  }

  /** A period of the calendar. */
  public enum Calendar {
    MONTH,
    QUARTER,
    YEAR
  }

  /** An amount, and since when it is in force. */
  public record Version(
      @Description(
              "First day: the amount counts for periods that begin then or later. Empty: always. For"
                  + " a rolling budget, the day on which the period ends decides.")
          @Nullable LocalDate from,
      @Required @Description("What may be spent in each period, greater than 0.")
          BigDecimal amount) {}

  /** What a budget counts. */
  public enum Measure {
    MONEY,
    ACCELERATOR_HOURS,
    TOKENS
  }

  /** A column of allocated charges with their cost. */
  public enum CostBasis {
    EFFECTIVE,
    BILLED,
    CONTRACTED,
    LIST
  }
}
