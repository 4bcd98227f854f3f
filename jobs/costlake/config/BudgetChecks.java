package costlake.config;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks budgets. */
final class BudgetChecks {
  private static final BigDecimal PERCENT_MAX = new BigDecimal("10000");
  private static final int PERCENT_DECIMALS = 3;

  /** The scopes, and the keys of filters, for which a measure other than money is known. */
  private static final Map<Budget.Measure, List<String>> SCOPES =
      Map.of(
          Budget.Measure.ACCELERATOR_HOURS,
          List.of(
              "company",
              "team",
              "project",
              "environment",
              "model",
              "cost_centre",
              "experiment",
              "run",
              "user"),
          Budget.Measure.TOKENS,
          List.of("company", "model", "endpoint", "tenant"));

  private final EntryChecks entries;
  private final List<String> costCentres;

  private BudgetChecks(EntryChecks entries) {
    this.entries = entries;
    this.costCentres = entries.ofTeams("cost_centre");
  }

  /**
   * Adds the mistakes of all budgets that can be read.
   *
   * @param written all settings, with their secrets resolved
   */
  static void check(ConfigValue.Section written, Settings settings, Problems problems) {
    EntryChecks entries = new EntryChecks("budgets", "budget", written, settings, problems);
    entries.each(Budget.class, new BudgetChecks(entries)::check);
  }

  private void check(Budget budget, String path) {
    entries.id(budget.id(), path);
    scope(budget.scope(), path + ".scope");
    period(budget.period(), path + ".period");
    amounts(budget, path);
    currency(budget, path);
    measure(budget, path);
    thresholds(budget.thresholds(), path + ".thresholds");
    thresholds(budget.forecastThresholds(), path + ".forecast_thresholds");
    owner(budget, path);
    sameScope(budget, path);
  }

  private void scope(Budget.Scope scope, String path) {
    if (!scope.isOne()) {
      entries.add(
          path,
          """
          '%s' must name exactly one of team, project, model, experiment, run, user, tenant,
          cost_centre, provider and where, or be company. To limit several at once, write them as
          conditions of where
          """,
          path);
      return;
    }
    entries.team(path + ".team", scope.team());
    entries.team(path + ".where.team", scope.where().get("team"));
    entries.known(path + ".cost_centre", "cost centre", scope.costCentre(), costCentres);
    for (String key : new TreeSet<>(scope.where().keySet())) {
      entries.conditionKey(path + ".where", key, ConditionKeys.CHARGES);
    }
  }

  private void period(Budget.Period period, String path) {
    if (!period.isOne()) {
      entries.add(
          path,
          "'%s' must be month, quarter, year, {days: N}, or {from: DAY, until: DAY} for once",
          path);
      return;
    }
    entries.days(path + ".days", period.days());
    if (period.from() != null && period.until() != null && period.until().isBefore(period.from())) {
      entries.add(
          path + ".until",
          "'%s' ends on %s, before it begins. Write the last day that counts",
          path,
          period.until());
    }
  }

  private void amounts(Budget budget, String path) {
    if ((budget.amount() == null) == budget.versions().isEmpty()) {
      entries.add(path, "budget '%s' needs either amount or versions", budget.id());
    }
    entries.amount(path + ".amount", budget.amount());
    for (int i = 0; i < budget.versions().size(); i++) {
      entries.amount(path + ".versions[" + i + "].amount", budget.versions().get(i).amount());
    }
    List<@Nullable LocalDate> days = new ArrayList<>();
    budget.versions().forEach(version -> days.add(version.from()));
    entries.versions(path, days);
  }

  private void currency(Budget budget, String path) {
    if (budget.measure() == Budget.Measure.MONEY) {
      entries.currency(budget.id(), path, budget.currency());
    } else {
      entries.noCurrency(budget.id(), path, budget.currency(), EnumNames.of(budget.measure()));
    }
  }

  /** Checks that the measure is known for the scope. */
  private void measure(Budget budget, String path) {
    if (!budget.scope().isOne() || !budget.period().isOne()) {
      return;
    }
    if (!countable(budget)) {
      entries.add(
          path + ".scope",
          "'%s.scope' has no %s. Those of %s are known",
          path,
          EnumNames.of(budget.measure()),
          String.join(", ", SCOPES.get(budget.measure())));
    }
    if (isMoneyOfTenant(budget)
        && (budget.period().every() == null || budget.cost() != Budget.CostBasis.EFFECTIVE)) {
      entries.add(
          path,
          """
          budget '%s' is of a tenant, whose effective cost is known by month alone. Write month,
          quarter or year as its period, and no other cost
          """,
          budget.id());
    }
  }

  private static boolean countable(Budget budget) {
    List<String> known = SCOPES.get(budget.measure());
    String kind = budget.scope().kind();
    return known == null
        || known.contains(kind)
        || (kind.equals("filter") && known.containsAll(budget.scope().where().keySet()));
  }

  private static boolean isMoneyOfTenant(Budget budget) {
    return budget.measure() == Budget.Measure.MONEY && budget.scope().tenant() != null;
  }

  private void thresholds(List<BigDecimal> percents, String path) {
    for (int i = 0; i < percents.size(); i++) {
      BigDecimal percent = percents.get(i);
      String place = path + "[" + i + "]";
      if (percent.signum() <= 0
          || percent.compareTo(PERCENT_MAX) >= 0
          || percent.stripTrailingZeros().scale() > PERCENT_DECIMALS) {
        entries.add(
            place,
            "'%s' is %s. Write a percentage greater than 0, e.g. 80",
            place,
            percent.toPlainString());
      } else if (i > 0 && percents.get(i - 1).compareTo(percent) >= 0) {
        entries.add(
            place,
            "'%s' is %s after %s. Write percentages in ascending order, each once",
            place,
            percent.toPlainString(),
            percents.get(i - 1).toPlainString());
      }
    }
  }

  private void owner(Budget budget, String path) {
    entries.team(path + ".owner", budget.owner());
    if (budget.toldTeam().isEmpty()) {
      entries.add(path, "budget '%s' needs owner: the team that is told", budget.id());
    }
  }

  private void sameScope(Budget budget, String path) {
    if (!budget.scope().isOne() || !budget.period().isOne()) {
      return;
    }
    entries.scopeOnce(
        List.of(
            budget.scope().identity(),
            budget.period(),
            budget.measure(),
            Objects.requireNonNullElse(budget.currency(), "")),
        budget.id(),
        path);
  }
}
