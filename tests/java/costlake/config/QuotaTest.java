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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads {@code quotas.yml}. */
class QuotaTest {
  @TempDir private Path home;

  private Config load(String quotas) {
    try {
      Files.writeString(
          home.resolve("owners.yml"),
          """
          last_resort: {team: search}
          teams:
            - {id: search, name: Search}
            - {id: vision, name: Vision}
          """);
      Files.writeString(home.resolve("quotas.yml"), quotas);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Config.load(home, null, Map.of());
  }

  private List<List<@Nullable Object>> table(String name, String quotas) {
    return ConfTables.of(load(quotas)).stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow()
        .rows();
  }

  private static List<@Nullable Object> row(@Nullable Object... values) {
    return Arrays.asList(values);
  }

  private static BigDecimal amount(String number) {
    return new BigDecimal(number).setScale(21);
  }

  @Test
  void thereIsNoneByDefault() {
    assertThat(Config.defaults(home).quotas()).isEmpty();
    assertThat(Config.defaults(home).acceleratorNames().kueue()).isEmpty();
  }

  @Test
  void readsWhatIsHeldAndWhatIsUsedInAPeriod() {
    String quotas =
        """
        quotas:
          - id: h100
            scope: {team: search, accelerator_model: H100 80GB}
            versions:
              - {held: 64, borrowing: 16, lending: 8}
              - {from: 2026-10-01, held: 80}
          - {id: hours, scope: {team: search}, period: {days: 30}, limit: {hours: 20000.5}}
          - {id: money, scope: {team: search}, period: quarter, limit: {money: 90000}, currency: USD}
        """;
    assertThat(table("conf.quotas", quotas))
        .containsExactly(
            row("h100", "search", "H100 80GB", "accelerators", null, null, null),
            row("hours", "search", null, "accelerator_hours", "rolling", 30, null),
            row("money", "search", null, "money", "quarter", null, "USD"));
    assertThat(table("conf.quota_limits", quotas))
        .containsExactly(
            row("h100", null, amount("64"), 16, 8),
            row("h100", Date.valueOf("2026-10-01"), amount("80"), null, null),
            row("hours", null, amount("20000.5"), null, null),
            row("money", null, amount("90000"), null, null));
  }

  @ParameterizedTest
  @CsvSource({
    "'limit: {held: 0}',        2026-10-15, 0",
    "'versions: [{from: 2026-10-15, held: 7}]',                         2026-10-14,",
    "'versions: [{from: 2026-10-15, held: 7}]',                         2026-10-15, 7",
    "'versions: [{hours: 1}, {from: 2026-10-15, hours: 2}], period: {days: 5}',  2026-10-15, 2",
    "'versions: [{hours: 1}, {from: 2026-10-15, hours: 2}], period: month',      2026-10-31, 1",
    "'versions: [{hours: 1}, {from: 2026-10-15, hours: 2}], period: month',      2026-11-01, 2",
    "'versions: [{hours: 1}, {from: 2026-10-15, hours: 2}], period: quarter',    2026-12-31, 1",
    "'versions: [{hours: 1}, {from: 2026-10-15, hours: 2}], period: quarter',    2027-01-01, 2"
  })
  void aPeriodOfTheCalendarHasTheLimitOfItsFirstDay(
      String limits, LocalDate day, @Nullable BigDecimal amount) {
    Quota quota =
        load("quotas: [{id: q, scope: {team: search}, %s}]".formatted(limits)).quotas().get(0);
    assertThat(quota.inForce(day).map(Quota.Limit::amount).orElse(null)).isEqualTo(amount);
  }

  /** What a person writes by mistake, and the message. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "scope: {team: serach}, limit: {held: 1} | names team 'serach', which no team in owners.yml has."
            + " Did you mean 'search'?",
        "scope: {team: search} | quota 'q' needs either limit or versions",
        "scope: {team: search}, limit: {} | 'quotas[0].limit' needs exactly one of held, hours and money",
        "scope: {team: search}, limit: {held: 1, hours: 2} | 'quotas[0].limit' needs exactly one of",
        "scope: {team: search}, limit: {held: -1} | 'quotas[0].limit.held' is -1. Write 0 to 1000000",
        "scope: {team: search}, limit: {held: 1.5} | 'quotas[0].limit.held' cannot be '1.5'",
        "scope: {team: search}, limit: {held: 4, lending: 5}"
            + " | 'quotas[0].limit.lending' is 5, more than the 4 of held",
        "scope: {team: search}, limit: {hours: 4, lending: 5}, period: month"
            + " | 'quotas[0].limit' can have borrowing and lending only with held",
        "scope: {team: search}, limit: {hours: 0}, period: month | 'quotas[0].limit.hours' is 0. Write an amount",
        "scope: {team: search}, limit: {money: -2}, period: month, currency: USD | 'quotas[0].limit.money' is -2",
        "scope: {team: search}, limit: {held: 1}, period: month | has no period. Remove period",
        "scope: {team: search}, limit: {hours: 1} | quota 'q' needs period: month, quarter or {days: N}",
        "scope: {team: search}, limit: {hours: 1}, period: {days: 0} | 'quotas[0].period.days' is 0. Write 1 to 366",
        "scope: {team: search}, limit: {hours: 1}, period: year | cannot be 'year'",
        "scope: {team: search}, limit: {money: 1}, period: month | quota 'q' needs currency",
        "scope: {team: search}, limit: {money: 1}, period: month, currency: usd"
            + " | 'quotas[0].currency' is 'usd'. Write a code",
        "scope: {team: search}, limit: {hours: 1}, period: month, currency: USD"
            + " | quota 'q' counts accelerator_hours, which have no currency",
        "scope: {team: search, accelerator_model: T4}, limit: {money: 1}, period: month, currency: USD"
            + " | quota 'q' limits money, which is known for a team",
        "scope: {team: search}, versions: [{held: 1}, {from: 2026-01-01, hours: 2}]"
            + " | 'quotas[0].versions[1]' limits accelerator_hours, and the version above it accelerators",
        "scope: {team: search}, versions: [{from: 2026-01-01, held: 1}, {held: 2}]"
            + " | 'quotas[0].versions[1]' is in force no later than the one above it"
      })
  void saysWhyAQuotaCannotCount(String quota, String message) {
    assertThatThrownBy(() -> load("quotas:\n  - {id: q, %s}".formatted(quota)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("quotas.yml:2: ")
        .hasMessageContaining("1 problem")
        .hasMessageContaining(message);
  }

  @Test
  void reportsTheMistakesOfAllQuotasAtOnce() {
    assertThatThrownBy(
            () ->
                load(
                    """
                    quotas:
                      - {id: a, scope: {team: search}, limit: {held: 1}}
                      - {id: a, scope: {team: vision}, limit: {held: 1}}
                      - {id: again, scope: {team: search}, limit: {held: 2}}
                      - {id: more, scope: {team: search}, limit: {hours: 2}, period: month}
                      - {id: Big, scope: {team: search}, limits: {held: 2}}
                    """))
        .hasMessageContaining("3 problems")
        .hasMessageContaining("quotas.yml:3: id 'a' is used twice in quotas")
        .hasMessageContaining(
            "quotas.yml:4: quota 'again' has the scope, the period and the unit of quota 'a'")
        .hasMessageContaining(
            "quotas.yml:6: unknown key 'quotas[4].limits'. Did you mean 'limit'?");
  }

  @ParameterizedTest
  @CsvSource({
    "kueue, A100-40GB",
    "kueue, a100_40gb",
    "slurm, a100;reboot",
    "slurm, 'a100 set'",
    "slurm, a100=1"
  })
  void refusesANameThatTheEnforcerForbids(String enforcer, String name) {
    assertThatThrownBy(
            () -> load("accelerator_names: {%s: {A100 40GB: '%s'}}".formatted(enforcer, name)))
        .hasMessageContaining("the name '" + name + "' of A100 40GB must match");
  }
}
