package costlake.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Date;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads {@code budgets.yml}. */
class BudgetTest {
  @TempDir private Path home;

  private Config load(String budgets) {
    try {
      Files.writeString(
          home.resolve("owners.yml"),
          """
          last_resort: {team: platform}
          teams:
            - {id: platform, name: Platform, cost_centre: '4600'}
            - {id: search, name: Search}
          """);
      Files.writeString(home.resolve("budgets.yml"), "budgets:\n" + budgets);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Config.load(home, null, Map.of());
  }

  private List<List<@Nullable Object>> table(String name, String budgets) {
    return ConfTables.of(load(budgets)).stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow()
        .rows();
  }

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  @Test
  void thereIsNoneByDefault() {
    assertThat(Config.defaults(home).budgets()).isEmpty();
  }

  @Test
  void readsAmountsThresholdsAndTheTeamThatIsTold() {
    String budgets =
        """
          - id: search
            name: Search
            scope: {team: search}
            period: month
            versions:
              - {amount: 100}
              - {from: 2026-09-01, amount: 120.50}
            currency: USD
            thresholds: [50, 99.5]
            forecast_thresholds: [100]
        """;
    Budget budget = load(budgets).budgets().get(0);
    assertThat(budget.toldTeam()).contains("search");
    assertThat(budget.cost()).isEqualTo(Budget.CostBasis.EFFECTIVE);
    assertThat(table("conf.budget_amounts", budgets))
        .containsExactly(
            row("search", null, new BigDecimal("100").setScale(21)),
            row("search", Date.valueOf("2026-09-01"), new BigDecimal("120.5").setScale(21)));
    assertThat(table("conf.budget_thresholds", budgets))
        .containsExactly(
            row("search", "actual", new BigDecimal("50.000")),
            row("search", "actual", new BigDecimal("99.500")),
            row("search", "forecast", new BigDecimal("100.000")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "company                              | company     |        |        | {}",
        "{team: search}                       | team        | search | search | {team=search}",
        "{project: ranker}                    | project     | ranker |        | {project=ranker}",
        "{model: m}                           | model       | m      |        | {model=m}",
        "{experiment: e}                      | experiment  | e      |        | {}",
        "{run: r-1}                           | run         | r-1    |        | {}",
        "{user: ines}                         | user        | ines   |        | {}",
        "{tenant: acme}                       | tenant      | acme   |        | {}",
        "{cost_centre: '4600'}                | cost_centre | 4600   |        | {}",
        "{provider: AWS}                      | provider    | AWS    |        | {ServiceProviderName=AWS}",
        "{where: {team: search, RegionId: x}} | filter      |        | search | {RegionId=x, team=search}"
      })
  void aScopeBecomesConditions(
      String scope, String kind, @Nullable String value, @Nullable String team, String conditions) {
    List<List<@Nullable Object>> rows =
        table(
            "conf.budget_scopes",
            "  - {id: b, name: B, scope: %s, period: month, amount: 1, currency: USD, owner: platform}"
                .formatted(scope));
    assertThat(rows.get(0).subList(0, 4)).isEqualTo(row("b", kind, value, team));
    assertThat(new TreeMap<>((Map<?, ?>) rows.get(0).get(4))).hasToString(conditions);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "quarter                               | quarter |",
        "{every: year}                         | year    |",
        "{days: 30}                            | rolling |",
        "{from: 2026-09-01, until: 2026-09-30} | once    | 2026-09-30"
      })
  void aPeriodIsOfTheCalendarOrRollingOrOnce(
      String period, String kind, @Nullable LocalDate until) {
    Budget.Period read =
        load("  - {id: b, name: B, scope: company, period: %s, amount: 1, currency: USD, owner: search}"
                .formatted(period))
            .budgets()
            .get(0)
            .period();
    assertThat(read.kind()).isEqualTo(kind);
    assertThat(read.until()).isEqualTo(until);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "company                                       | accelerator_hours",
        "{where: {team: search, environment: test}}    | accelerator_hours",
        "{run: r-1}                                    | accelerator_hours",
        "{tenant: acme}                                | tokens",
        "{where: {endpoint: chat}}                     | tokens"
      })
  void countsAcceleratorHoursAndTokensWithoutACurrency(String scope, String measure) {
    List<@Nullable Object> row =
        table(
                "conf.budgets",
                "  - {id: b, name: B, scope: %s, period: month, amount: 1, measure: %s, owner: search}"
                    .formatted(scope, measure))
            .get(0);
    assertThat(row)
        .isEqualTo(row("b", "B", "month", null, null, null, measure, null, null, "search"));
  }

  /** What a person writes by mistake, and the message. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "scope: company, period: month | budget 'b' needs currency",
        "scope: company, period: month, measure: tokens, currency: USD"
            + " | budget 'b' counts tokens, which have no currency. Remove currency",
        "scope: {team: search}, period: month, measure: tokens"
            + " | 'budgets[0].scope' has no tokens. Those of company, model, endpoint, tenant are known",
        "scope: {where: {endpoint: chat, RegionId: x}}, period: month, measure: tokens"
            + " | 'budgets[0].scope' has no tokens.",
        "scope: {tenant: acme}, period: month, measure: accelerator_hours"
            + " | 'budgets[0].scope' has no accelerator_hours.",
        "scope: {tenant: acme}, period: {days: 30}, currency: USD"
            + " | budget 'b' is of a tenant, whose effective cost is known by month alone",
        "scope: {tenant: acme}, period: month, currency: USD, cost: list"
            + " | budget 'b' is of a tenant, whose effective cost is known by month alone",
        "scope: {agent: x}, period: month, currency: USD"
            + " | unknown key 'budgets[0].scope.agent'"
      })
  void saysWhyABudgetCannotCount(String budget, String message) {
    assertThatThrownBy(
            () -> load("  - {id: b, name: B, amount: 1, owner: search, %s}".formatted(budget)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(message);
  }

  @Test
  void aTeamMayHaveABudgetOfMoneyAndOneOfAcceleratorHours() {
    assertThat(
            load("""
                      - {id: a, name: A, scope: {team: search}, period: month, amount: 1, currency: USD}
                      - {id: b, name: B, scope: {team: search}, period: month, amount: 1, measure: accelerator_hours}
                    """)
                .budgets())
        .hasSize(2);
  }

  @Test
  void reportsTheMistakesOfAllBudgetsAtOnce() {
    assertThatThrownBy(
            () ->
                load(
                    """
                      - {id: zero, name: Z, scope: {team: serach}, period: month, amount: 0, currency: USD, owner: search}
                      - {id: zero, name: N, scope: {project: a}, period: {days: 0}, amount: -5, currency: usd, owner: nobody}
                      - {id: twice, name: T, scope: {team: search}, period: month, amount: 1, currency: USD}
                      - {id: again, name: A, scope: {where: {team: search}}, period: month, amount: 2, currency: USD}
                      - id: order
                        name: O
                        scope: {where: {ServiceNam: S3}}
                        period: {from: 2026-09-02, until: 2026-09-01}
                        versions:
                          - {from: 2026-09-01, amount: 1}
                          - {from: 2026-09-01, amount: 2}
                        currency: USD
                        thresholds: [80, 80, 50, 0]
                      - {id: both, name: B, scope: {team: search, project: x}, period: quarter, amount: 1, currency: USD}
                      - {id: spelled, name: S, scope: company, period: month, amount: 1, currency: USD, treshold: [1]}
                      - {id: centre, name: C, scope: {cost_centre: '46'}, period: year, currency: USD}
                    """))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("20 problems")
        .hasMessageContaining(
            "budgets.yml:16: unknown key 'budgets[6].treshold'. Did you mean 'thresholds'?")
        .hasMessageContaining(
            "budgets.yml:2: 'budgets[0].amount' is 0. Write an amount greater than 0")
        .hasMessageContaining("budgets.yml:3: 'budgets[1].amount' is -5")
        .hasMessageContaining("budgets.yml:3: 'budgets[1].currency' is 'usd'. Write a code")
        .hasMessageContaining(
            "budgets.yml:5: budget 'again' has the scope, the period and the unit of budget"
                + " 'twice'")
        .hasMessageContaining("budgets.yml:14: 'budgets[4].thresholds[1]' is 80 after 80")
        .hasMessageContaining("budgets.yml:14: 'budgets[4].thresholds[2]' is 50 after 80")
        .hasMessageContaining(
            "budgets.yml:2: 'budgets[0].scope.team' names team 'serach', which no team in owners.yml"
                + " has. Did you mean 'search'? Correct it, or add it there");
  }
}
