package costlake.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.alert.Alert;
import costlake.config.Config;
import costlake.config.Severity;
import costlake.core.Progress;
import costlake.lake.Lake;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Says which thresholds are news and which are over, while the bills of one lake go on. */
class ThresholdAlertsTest {
  private static final String SEPTEMBER = "'month', '2026-09-01', '2026-09-30'";
  private static final String OCTOBER = "'month', '2026-10-01', '2026-10-31'";

  @TempDir Path home;

  @BeforeEach
  void write() throws IOException {
    AlertProcess.write(home, 1, "chat");
  }

  private List<Alert> alerts(String rows) {
    Config config = AlertProcess.config(home, "delta");
    Lake lake = SampleBudgets.open(config);
    SampleBudgets.publish(lake, config, rows);
    return new ThresholdAlerts().alerts(config, lake);
  }

  private List<String> events(String rows) {
    return alerts(rows).stream()
        .map(alert -> alert.id() + " " + alert.event().word())
        .sorted()
        .toList();
  }

  @Test
  void anAlertSaysWhatWasUsedInTheLanguageOfTheTeam() {
    String half = "('a', 'ads', %s, true, 120.5, '2026-09-14', null)".formatted(SEPTEMBER);
    assertThat(alerts(half))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.key()).isEqualTo("budget_threshold/a/2026-09-01/actual/50");
              assertThat(alert.teamId()).isEqualTo("ads");
              assertThat(alert.title()).isEqualTo("Budget Cost of a: 50\u00a0% erreicht");
              assertThat(alert.text()).contains("USD 120,50 von 200,00");
              assertThat(alert.startsAt()).isEqualTo(Instant.parse("2026-09-14T00:00:00Z"));
              assertThat(alert.endsAt()).isEqualTo(Instant.parse("2026-10-31T00:00:00Z"));
              assertThat(alert.facts())
                  .isEqualTo(
                      Map.of(
                          "budget_id", "a",
                          "period_start", "2026-09-01",
                          "period_end", "2026-09-30",
                          "threshold_basis", "actual",
                          "percent", "50",
                          "unit", "USD",
                          "amount", "200",
                          "used", "120.5",
                          "reached_on", "2026-09-14"));
            });
  }

  @Test
  void anAlertIsOverWhenTheNextPeriodIsCurrentAndStaysNewsForLateCharges() {
    String half = "('s', 'search', %s, true, 120, '2026-09-14', null)";
    assertThat(events(half.formatted(SEPTEMBER))).containsExactly("s/2026-09-01/actual/50 trigger");
    String late = "('s', 'search', %s, false, 199.01, '2026-09-14', '2026-09-30')";
    String next = "('s', 'search', %s, true, 10, null, null)";
    assertThat(events(late.formatted(SEPTEMBER) + ", " + next.formatted(OCTOBER)))
        .containsExactly(
            "s/2026-09-01/actual/50 resolve",
            "s/2026-09-01/actual/50 trigger",
            "s/2026-09-01/actual/99.5 resolve",
            "s/2026-09-01/actual/99.5 trigger");
    String december = "('s', 'search', 'month', '2026-12-01', '2026-12-31', true, 10, null, null)";
    assertThat(events(december))
        .containsExactly("s/2026-09-01/actual/50 resolve", "s/2026-09-01/actual/99.5 resolve");
  }

  @Test
  void anAlertOfARollingBudgetIsNewsWhileThePeriodHasADayOfIts() {
    String rolling = "('r', 'ads', 'rolling', '%s', '%s', true, 120, '2026-09-20', null)";
    String first = "r/2026-09-14/actual/50 ";
    assertThat(events(rolling.formatted("2026-09-14", "2026-09-20")))
        .containsExactly(first + "trigger");
    assertThat(events(rolling.formatted("2026-09-20", "2026-09-26")))
        .containsExactly(first + "trigger");
    assertThat(events(rolling.formatted("2026-09-21", "2026-09-27")))
        .containsExactly(first + "resolve", "r/2026-09-21/actual/50 trigger");
  }

  @Test
  void mailsAndAlertsShareTheRecordOfWhatFired() {
    String half = "('s', 'search', %s, true, 120, '2026-09-14', null)".formatted(SEPTEMBER);
    assertThat(alerts(half)).hasSize(1);
    Config config = AlertProcess.config(home, "delta");
    assertThat(BudgetMail.send(config, SampleBudgets.open(config), Progress.SILENT)).hasSize(1);
    assertThat(alerts(half)).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "actual, 79.999, INFO",
    "actual, 80.000, WARNING",
    "forecast, 99.9, WARNING",
    "forecast, 100, ERROR",
    "actual, 100.000, CRITICAL",
    "actual, 150, CRITICAL"
  })
  void moreThanTheAmountIsWorse(String basis, BigDecimal percent, Severity severity) {
    LocalDate day = LocalDate.of(2026, 9, 1);
    Threshold threshold =
        new Threshold("b", "b", "B", "a", day, day, basis, percent, "USD", percent, percent, day);
    assertThat(ThresholdAlerts.severity(threshold)).isEqualTo(severity);
  }
}
