package costlake.config;

import costlake.core.ReceiverId;
import java.math.BigDecimal;
import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Converts the configuration to tables that models read. */
public final class ConfTables {
  private static final String LISTS = "reference.";

  private ConfTables() {}

  /** Returns the tables {@code conf.*} in a fixed order. */
  public static List<ConfTable> of(Config config) {
    return List.of(
        teams(config.owners()),
        receivers(config.owners()),
        tagKeys(config.owners().tags()),
        tagValues(config.owners().tags()),
        workloadLabels(config.owners().tags()),
        rules(config.owners()),
        nodeGroups(config.allocation()),
        pools(config.allocation()),
        poolTeams(config.allocation()),
        poolShares(config.allocation()),
        endpoints(config.allocation()),
        endpointRules(config.allocation()),
        budgets(config.budgets()),
        budgetScopes(config.budgets()),
        budgetAmounts(config.budgets()),
        budgetThresholds(config.budgets()),
        approvals(config.approvals()),
        tagRules(config),
        tagTargets(config.tagRules()),
        quotas(config.quotas()),
        quotaLimits(config.quotas()),
        exchangeRates(config.statement()),
        settings(config));
  }

  /** Returns the file of the configuration folder that a table or reference list comes from. */
  public static String file(String table) {
    if (table.startsWith(LISTS)) {
      return "reference/" + table.substring(LISTS.length()) + ".csv";
    }
    return switch (table) {
      case "conf.node_groups",
          "conf.pools",
          "conf.pool_teams",
          "conf.pool_shares",
          "conf.endpoints" ->
          "allocation.yml";
      case "conf.budgets", "conf.budget_scopes", "conf.budget_amounts", "conf.budget_thresholds" ->
          "budgets.yml";
      case "conf.tag_rules", "conf.tag_targets" -> "tags.yml";
      case "conf.exchange_rates", "conf.approvals" -> "costlake.yml";
      case "conf.quotas", "conf.quota_limits" -> "quotas.yml";
      case "conf.invoices" -> "the file close.invoices";
      case "conf.settings" -> "costlake.yml or owners.yml";
      default -> "owners.yml";
    };
  }

  private static ConfTable teams(Owners owners) {
    return new ConfTable(
        "conf.teams",
        "team_id string, name string, cost_centre string, cost_centre_id string",
        owners.teams().stream()
            .map(t -> row(t.id(), t.name(), t.costCentre(), costCentreId(t.costCentre())))
            .toList());
  }

  private static @Nullable String costCentreId(@Nullable String costCentre) {
    return costCentre == null ? null : ReceiverId.COST_CENTRE + costCentre;
  }

  /** The receivers with settings, and the company, which always has a statement. */
  private static ConfTable receivers(Owners owners) {
    Stream<List<@Nullable Object>> company =
        owners.receiver(ReceiverId.COMPANY).isPresent()
            ? Stream.of()
            : Stream.of(row(ReceiverId.COMPANY, null, null, "company", null));
    return new ConfTable(
        "conf.receivers",
        "receiver_id string, name string, reporting_currency string, receiver_kind string,"
            + " project_id string",
        Stream.concat(owners.receivers().stream().map(ConfTables::receiver), company).toList());
  }

  private static List<@Nullable Object> receiver(Owners.Receiver receiver) {
    String id = receiver.id();
    return row(
        id,
        receiver.name(),
        receiver.reportingCurrency(),
        receiver.kind(),
        ReceiverId.project(id).orElse(null));
  }

  private static ConfTable exchangeRates(StatementConfig statement) {
    return new ConfTable(
        "conf.exchange_rates",
        "rate_date date, from_currency string, to_currency string, rate decimal(13,8), source"
            + " string",
        statement.exchangeRates().stream()
            .map(r -> row(date(r.date()), r.from(), r.to(), r.rate().setScale(8), r.source()))
            .toList());
  }

  private static ConfTable tagKeys(Owners.Tags tags) {
    return aliases("conf.tag_keys", tags.keys(), UnaryOperator.identity());
  }

  /** The labels as Prometheus names them: it has no other characters than letters, digits and _. */
  private static ConfTable workloadLabels(Owners.Tags tags) {
    return aliases(
        "conf.workload_labels", tags.labels(), alias -> alias.replaceAll("[^A-Za-z0-9_]", "_"));
  }

  private static ConfTable aliases(
      String name, Map<String, List<String>> byCanonical, UnaryOperator<String> spelling) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    new TreeMap<>(byCanonical)
        .forEach(
            (canonical, aliases) -> {
              for (int i = 0; i < aliases.size(); i++) {
                rows.add(row(canonical, spelling.apply(aliases.get(i)), i));
              }
            });
    return new ConfTable(name, "canonical string, alias string, position int", rows);
  }

  private static ConfTable tagValues(Owners.Tags tags) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    new TreeMap<>(tags.values())
        .forEach(
            (key, aliases) ->
                new TreeMap<>(aliases).forEach((alias, value) -> rows.add(row(key, alias, value))));
    return new ConfTable(
        "conf.tag_values", "canonical_key string, alias string, value string", rows);
  }

  private static ConfTable rules(Owners owners) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < owners.rules().size(); i++) {
      Owners.Rule rule = owners.rules().get(i);
      Optional<Owners.Assign> assign = Optional.ofNullable(rule.assign());
      rows.add(
          row(
              rule.id(),
              EnumNames.of(rule.kind()),
              i,
              date(rule.from()),
              date(rule.to()),
              new TreeMap<>(rule.where()),
              assign.map(Owners.Assign::team).orElse(null),
              assign.map(Owners.Assign::project).orElse(null),
              assign.map(Owners.Assign::environment).orElse(null),
              assign.map(Owners.Assign::model).orElse(null),
              rule.assignFromTags()));
    }
    return new ConfTable(
        "conf.owner_rules",
        "rule_id string, kind string, position int, valid_from date, valid_to date, conditions"
            + " map<string,string>, team_id string, project_id string, environment string, model_id"
            + " string, from_tags boolean",
        rows);
  }

  private static ConfTable nodeGroups(Allocation allocation) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < allocation.nodeGroups().size(); i++) {
      Allocation.NodeGroup group = allocation.nodeGroups().get(i);
      rows.add(
          row(
              group.id(),
              i,
              new TreeMap<>(group.where()),
              EnumNames.of(group.method()),
              EnumNames.of(group.idle()),
              group.idleOwner()));
    }
    return new ConfTable(
        "conf.node_groups",
        "group_id string, position int, conditions map<string,string>, method string, idle_policy"
            + " string, idle_owner string",
        rows);
  }

  private static ConfTable pools(Allocation allocation) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < allocation.pools().size(); i++) {
      Allocation.Pool pool = allocation.pools().get(i);
      rows.add(
          row(
              pool.id(),
              pool.name(),
              i,
              new TreeMap<>(pool.where()),
              EnumNames.of(pool.driver()),
              EnumNames.of(pool.fallback())));
    }
    return new ConfTable(
        "conf.pools",
        "pool_id string, name string, tier int, conditions map<string,string>, driver string,"
            + " fallback string",
        rows);
  }

  private static ConfTable poolTeams(Allocation allocation) {
    return new ConfTable(
        "conf.pool_teams",
        "pool_id string, team_id string",
        allocation.pools().stream()
            .flatMap(pool -> pool.teams().stream().map(team -> row(pool.id(), team)))
            .toList());
  }

  private static ConfTable poolShares(Allocation allocation) {
    return new ConfTable(
        "conf.pool_shares",
        "pool_id string, team_id string, share decimal(38,18)",
        allocation.pools().stream()
            .flatMap(
                pool ->
                    new TreeMap<>(pool.shares())
                        .entrySet().stream()
                            .map(e -> row(pool.id(), e.getKey(), e.getValue().setScale(18))))
            .toList());
  }

  private static ConfTable endpoints(Allocation allocation) {
    return new ConfTable(
        "conf.endpoints",
        "endpoint_id string, capacity_per_s decimal(18,9), output_weight decimal(18,9), cached_weight"
            + " decimal(18,9)",
        allocation.endpoints().stream()
            .map(
                e ->
                    row(
                        e.id(),
                        ratio(e.capacityPerS()),
                        ratio(e.outputWeight()),
                        ratio(e.cachedWeight())))
            .toList());
  }

  private static ConfTable endpointRules(Allocation allocation) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Allocation.EndpointSettings endpoint : allocation.endpoints()) {
      int number = 0;
      for (Allocation.EndpointRule rule : endpoint.paidBy()) {
        rows.add(
            row(
                endpoint.id() + "/" + ++number,
                endpoint.id(),
                rows.size(),
                date(rule.from()),
                date(rule.to()),
                new TreeMap<>(rule.where())));
      }
    }
    return new ConfTable(
        "conf.endpoint_rules",
        "rule_id string, endpoint_id string, position int, valid_from date, valid_to date,"
            + " conditions map<string,string>",
        rows);
  }

  private static ConfTable budgets(List<Budget> budgets) {
    return new ConfTable(
        "conf.budgets",
        "budget_id string, name string, period_kind string, period_days int, once_from date,"
            + " once_until date, measure string, currency string, cost_basis string, owner_team_id"
            + " string",
        budgets.stream().map(ConfTables::budget).toList());
  }

  private static List<@Nullable Object> budget(Budget budget) {
    Budget.Period period = budget.period();
    return row(
        budget.id(),
        budget.name(),
        period.kind(),
        period.days(),
        date(period.from()),
        date(period.until()),
        EnumNames.of(budget.measure()),
        budget.currency(),
        budget.measure() == Budget.Measure.MONEY ? EnumNames.of(budget.cost()) : null,
        budget.toldTeam().orElse(null));
  }

  /** The scopes alone, so that another amount does not make a night read all charges again. */
  private static ConfTable budgetScopes(List<Budget> budgets) {
    return new ConfTable(
        "conf.budget_scopes",
        "budget_id string, scope_kind string, scope_value string, team_id string, conditions"
            + " map<string,string>",
        budgets.stream()
            .map(
                budget ->
                    row(
                        budget.id(),
                        budget.scope().kind(),
                        budget.scope().value(),
                        budget.scope().onlyTeam().orElse(null),
                        new TreeMap<>(budget.scope().conditions())))
            .toList());
  }

  private static ConfTable budgetAmounts(List<Budget> budgets) {
    return new ConfTable(
        "conf.budget_amounts",
        "budget_id string, valid_from date, amount decimal(38,21)",
        budgets.stream()
            .flatMap(
                budget ->
                    budget.amounts().stream()
                        .map(a -> row(budget.id(), date(a.from()), a.amount().setScale(21))))
            .toList());
  }

  private static ConfTable budgetThresholds(List<Budget> budgets) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (Budget budget : budgets) {
      budget.thresholds().forEach(percent -> rows.add(threshold(budget, "actual", percent)));
      budget
          .forecastThresholds()
          .forEach(percent -> rows.add(threshold(budget, "forecast", percent)));
    }
    return new ConfTable(
        "conf.budget_thresholds",
        "budget_id string, threshold_basis string, percent decimal(9,3)",
        rows);
  }

  private static List<@Nullable Object> threshold(Budget budget, String basis, BigDecimal percent) {
    return row(budget.id(), basis, percent.setScale(3));
  }

  private static ConfTable approvals(ApprovalsConfig approvals) {
    return new ConfTable(
        "conf.approvals",
        "cost_min decimal(38,21), currency string, needed_from date",
        List.of(
            row(approvals.costMin().setScale(21), approvals.currency(), date(approvals.from()))));
  }

  private static ConfTable tagRules(Config config) {
    return new ConfTable(
        "conf.tag_rules",
        "rule_id string, tag_key string, allowed_values array<string>, pattern string, scope_kind"
            + " string, scope_value string, conditions map<string,string>, valid_from date, valid_to"
            + " date",
        config.tagRules().stream()
            .map(
                rule ->
                    row(
                        rule.id(),
                        rule.key(),
                        rule.allowed(config.owners()),
                        rule.pattern(),
                        rule.costCentre() == null ? "filter" : "cost_centre",
                        rule.costCentre(),
                        new TreeMap<>(rule.where()),
                        date(rule.from()),
                        date(rule.to())))
            .toList());
  }

  /** What coverage is compared with, alone, so that another one does not read all charges again. */
  private static ConfTable tagTargets(List<TagRule> rules) {
    return new ConfTable(
        "conf.tag_targets",
        "rule_id string, tag_key string, minimum_percent decimal(9,3)",
        rules.stream()
            .map(
                rule ->
                    row(
                        rule.id(),
                        rule.key(),
                        rule.minimum() == null ? null : rule.minimum().setScale(3)))
            .toList());
  }

  /**
   * The quotas without their limits, so that another limit does not make a night read all again.
   */
  private static ConfTable quotas(List<Quota> quotas) {
    return new ConfTable(
        "conf.quotas",
        "quota_id string, team_id string, accelerator_model string, measure string, period_kind"
            + " string, period_days int, currency string",
        quotas.stream().map(ConfTables::quota).toList());
  }

  private static List<@Nullable Object> quota(Quota quota) {
    Quota.Period period = quota.period();
    return row(
        quota.id(),
        quota.scope().team(),
        quota.scope().acceleratorModel(),
        EnumNames.of(quota.measure()),
        period == null ? null : period.kind(),
        period == null ? null : period.days(),
        quota.currency());
  }

  private static ConfTable quotaLimits(List<Quota> quotas) {
    return new ConfTable(
        "conf.quota_limits",
        "quota_id string, valid_from date, amount decimal(38,21), borrowing int, lending int",
        quotas.stream()
            .flatMap(quota -> quota.limits().stream().map(limit -> limit(quota, limit)))
            .toList());
  }

  private static List<@Nullable Object> limit(Quota quota, Quota.Limit limit) {
    return row(
        quota.id(),
        date(limit.from()),
        limit.amount().setScale(21),
        limit.borrowing(),
        limit.lending());
  }

  private static @Nullable BigDecimal ratio(@Nullable BigDecimal value) {
    return value == null ? null : value.setScale(9);
  }

  private static ConfTable settings(Config config) {
    Owners.LastResort lastResort = config.owners().lastResort();
    return new ConfTable(
        "conf.settings",
        "name string, value string",
        List.of(
            row("company_name", config.company().name()),
            row("contact", config.company().contact()),
            row("currency", config.company().currency()),
            row("last_resort_team", lastResort == null ? null : lastResort.team()),
            row("dispute_days", Integer.toString(config.statement().disputeDays())),
            row("statement_months", Integer.toString(config.statement().months())),
            row("incident_cost_min", config.limits().incidentCostMin().toPlainString())));
  }

  private static @Nullable Date date(@Nullable LocalDate day) {
    return day == null ? null : Date.valueOf(day);
  }

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }
}
