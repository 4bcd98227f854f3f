package costlake.config;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import costlake.core.Message;
import costlake.core.Nearest;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Checks budgets. Each budget that can be read is checked, also if others cannot, so that one
 * message has the mistakes of all.
 */
final class BudgetChecks {
  static final String BUDGETS = "budgets";

  private static final BigDecimal AMOUNT_MAX = new BigDecimal("1000000000000");
  private static final BigDecimal PERCENT_MAX = new BigDecimal("10000");
  private static final int DECIMALS = 9;
  private static final int PERCENT_DECIMALS = 3;
  private static final int DAYS_MAX = 366;

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

  private final Settings settings;
  private final Problems problems;
  private final List<String> teams;
  private final List<String> costCentres;
  private final Map<String, String> ids = new HashMap<>();
  private final Map<List<Object>, String> scopes = new HashMap<>();

  private BudgetChecks(ConfigValue.Section entries, Settings settings, Problems problems) {
    this.settings = settings;
    this.problems = problems;
    this.teams = texts(entries, "id");
    this.costCentres = texts(entries, "cost_centre");
  }

  /**
   * Adds the mistakes of all budgets that can be read.
   *
   * @param entries all settings, with their secrets resolved
   */
  static void check(ConfigValue.Section entries, Settings settings, Problems problems) {
    BudgetChecks checks = new BudgetChecks(entries, settings, problems);
    List<ConfigValue> budgets = items(entries, BUDGETS);
    for (int i = 0; i < budgets.size(); i++) {
      String path = BUDGETS + "[" + i + "]";
      read(budgets.get(i), path).ifPresent(budget -> checks.check(budget, path));
    }
  }

  private static Optional<Budget> read(ConfigValue written, String path) {
    return written instanceof ConfigValue.Section section
        ? new Binder(new Problems()).bind(Budget.class, section, path)
        : Optional.empty();
  }

  private static List<ConfigValue> items(ConfigValue.Section entries, String key) {
    return entries.entries().get(key) instanceof ConfigValue.Items items
        ? items.entries()
        : List.of();
  }

  /** Returns the values of a key of the teams. */
  private static List<String> texts(ConfigValue.Section entries, String key) {
    return items(entries, "teams").stream()
        .filter(ConfigValue.Section.class::isInstance)
        .map(team -> ((ConfigValue.Section) team).entries().get(key))
        .filter(ConfigValue.Scalar.class::isInstance)
        .map(value -> ((ConfigValue.Scalar) value).text())
        .filter(Objects::nonNull)
        .distinct()
        .toList();
  }

  private void check(Budget budget, String path) {
    id(budget, path);
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

  private void id(Budget budget, String path) {
    if (!budget.id().matches("[a-z0-9][a-z0-9_-]{0,62}")) {
      add(path + ".id", "'%s' must be lower-case letters, digits, - or _", budget.id());
    }
    String other = ids.putIfAbsent(budget.id(), path);
    if (other != null) {
      add(path + ".id", "id '%s' is used twice in budgets. Rename one of them", budget.id());
    }
  }

  private void scope(Budget.Scope scope, String path) {
    if (!scope.isOne()) {
      add(
          path,
          """
          '%s' must name exactly one of team, project, model, experiment, run, user, tenant,
          cost_centre, provider and where, or be company. To limit several at once, write them as
          conditions of where
          """,
          path);
      return;
    }
    team(path + ".team", scope.team());
    team(path + ".where.team", scope.where().get("team"));
    known(path + ".cost_centre", "cost centre", scope.costCentre(), costCentres);
    for (String key : new TreeSet<>(scope.where().keySet())) {
      CrossChecks.conditionKey(path + ".where", key, ConditionKeys.CHARGES)
          .ifPresent(problem -> problems.add(settings.origin(path + ".where." + key), problem));
    }
  }

  private void team(String path, @Nullable String team) {
    known(path, "team", team, teams);
  }

  private void known(String path, String what, @Nullable String name, List<String> known) {
    if (name != null && !known.contains(name)) {
      add(
          path,
          "'%s' names %s '%s', which no team in owners.yml has.%s Correct it, or add it there",
          path,
          what,
          name,
          Nearest.hint(name, known));
    }
  }

  private void period(Budget.Period period, String path) {
    if (!period.isOne()) {
      add(
          path,
          "'%s' must be month, quarter, year, {days: N}, or {from: DAY, until: DAY} for once",
          path);
      return;
    }
    Integer days = period.days();
    if (days != null && (days < 1 || days > DAYS_MAX)) {
      add(path + ".days", "'%s.days' is %s. Write 1 to %s", path, days, DAYS_MAX);
    }
    if (period.from() != null && period.until() != null && period.until().isBefore(period.from())) {
      add(
          path + ".until",
          "'%s' ends on %s, before it begins. Write the last day that counts",
          path,
          period.until());
    }
  }

  private void amounts(Budget budget, String path) {
    if ((budget.amount() == null) == budget.versions().isEmpty()) {
      add(path, "budget '%s' needs either amount or versions", budget.id());
    }
    amount(path + ".amount", budget.amount());
    for (int i = 0; i < budget.versions().size(); i++) {
      amount(path + ".versions[" + i + "].amount", budget.versions().get(i).amount());
    }
    for (int i = 1; i < budget.versions().size(); i++) {
      Budget.Version before = budget.versions().get(i - 1);
      if (Budget.Version.BY_DAY.compare(before, budget.versions().get(i)) >= 0) {
        add(
            path + ".versions[" + i + "]",
            "'%s.versions[%s]' is in force no later than the one above it. Write versions in the order"
                + " of from, each day once",
            path,
            i);
      }
    }
  }

  private void amount(String path, @Nullable BigDecimal amount) {
    if (amount != null
        && (amount.signum() <= 0
            || amount.compareTo(AMOUNT_MAX) >= 0
            || amount.scale() > DECIMALS)) {
      add(
          path,
          "'%s' is %s. Write an amount greater than 0 and less than %s, with at most nine decimals",
          path,
          amount.toPlainString(),
          AMOUNT_MAX);
    }
  }

  private void currency(Budget budget, String path) {
    String currency = budget.currency();
    if (budget.measure() != Budget.Measure.MONEY) {
      if (currency != null) {
        add(
            path + ".currency",
            "budget '%s' counts %s, which have no currency. Remove currency",
            budget.id(),
            EnumNames.of(budget.measure()));
      }
    } else if (currency == null) {
      add(path, "budget '%s' needs currency: the currency of the bills, e.g. USD", budget.id());
    } else if (!CurrencyCode.isValid(currency)) {
      add(
          path + ".currency",
          "'%s.currency' is '%s'. Write a code of ISO 4217, e.g. USD",
          path,
          currency);
    }
  }

  /** Checks that the measure is known for the scope. */
  private void measure(Budget budget, String path) {
    if (!budget.scope().isOne() || !budget.period().isOne()) {
      return;
    }
    if (!countable(budget)) {
      add(
          path + ".scope",
          "'%s.scope' has no %s. Those of %s are known",
          path,
          EnumNames.of(budget.measure()),
          String.join(", ", SCOPES.get(budget.measure())));
    }
    if (isMoneyOfTenant(budget)
        && (budget.period().every() == null || budget.cost() != Budget.CostBasis.EFFECTIVE)) {
      add(
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
        add(
            place,
            "'%s' is %s. Write a percentage greater than 0, e.g. 80",
            place,
            percent.toPlainString());
      } else if (i > 0 && percents.get(i - 1).compareTo(percent) >= 0) {
        add(
            place,
            "'%s' is %s after %s. Write percentages in ascending order, each once",
            place,
            percent.toPlainString(),
            percents.get(i - 1).toPlainString());
      }
    }
  }

  private void owner(Budget budget, String path) {
    team(path + ".owner", budget.owner());
    if (budget.toldTeam().isEmpty()) {
      add(path, "budget '%s' needs owner: the team that is told", budget.id());
    }
  }

  private void sameScope(Budget budget, String path) {
    if (!budget.scope().isOne() || !budget.period().isOne()) {
      return;
    }
    List<Object> identity =
        List.of(
            budget.scope().identity(),
            budget.period(),
            budget.measure(),
            Objects.requireNonNullElse(budget.currency(), ""));
    String other = scopes.putIfAbsent(identity, budget.id());
    if (other != null) {
      add(
          path + ".scope",
          """
          budget '%s' has the scope, the period and the unit of budget '%s'. Remove one, or write
          both amounts as versions of one budget
          """,
          budget.id(),
          other);
    }
  }

  @FormatMethod
  private void add(String path, @FormatString String problem, Object... values) {
    problems.add(settings.nearestOrigin(path), Message.of(problem, values));
  }
}
