package costlake.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.Config;
import costlake.core.Progress;
import costlake.lake.Lake;
import costlake.outbox.MessageChange;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.UnsupportedEncodingException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fires the thresholds of budgets of one lake, in several runs. */
class BudgetMailTest {
  private static final String SEPTEMBER = "'month', '2026-09-01', '2026-09-30'";
  private static final String OCTOBER = "'month', '2026-10-01', '2026-10-31'";

  @TempDir Path home;
  private SmtpServer server;

  @BeforeEach
  void start() throws IOException {
    server = SmtpServer.plain();
    SampleBudgets.owners(home);
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Config config() {
    return SendProcess.config(home, Integer.toString(server.port()), "delta");
  }

  private List<String> send(Config config, String rows) {
    Lake lake = SampleBudgets.open(config);
    SampleBudgets.publish(lake, config, rows);
    return states(BudgetMail.send(config, lake, Progress.SILENT));
  }

  private static List<String> states(List<MessageChange<Threshold>> thresholds) {
    return thresholds.stream().map(change -> change.id() + " " + change.state()).sorted().toList();
  }

  private List<String> subjects() {
    return server.received().stream()
        .map(mail -> String.join(" ", mail.recipients()) + ": " + decoded(mail.header("Subject")))
        .toList();
  }

  private static String decoded(String header) {
    try {
      return MimeUtility.decodeText(header);
    } catch (UnsupportedEncodingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aThresholdFiresOnceAPeriodAndAgainInTheNext() {
    String half = "('s', 'search', %s, true, 120, '2026-09-14', null)".formatted(SEPTEMBER);
    assertThat(send(config(), half)).containsExactly("s/2026-09-01/actual/50 SENT");
    assertThat(send(config(), half)).containsExactly("s/2026-09-01/actual/50 SENT");
    String late = "('s', 'search', %s, false, 199.01, '2026-09-13', '2026-09-30')";
    String next = "('s', 'search', %s, true, 101, '2026-10-02', null)";
    String both = late.formatted(SEPTEMBER) + ", " + next.formatted(OCTOBER);
    assertThat(send(config(), both))
        .as("late charges fire in the period before; the restated day fires nothing again")
        .containsExactly(
            "s/2026-09-01/actual/50 SENT",
            "s/2026-09-01/actual/99.5 SENT",
            "s/2026-10-01/actual/50 SENT");
    assertThat(subjects())
        .containsExactly(
            "search@example.com boss@example.com: Budget Cost of s: 50\u00a0% reached",
            "search@example.com boss@example.com: Budget Cost of s: 99.5\u00a0% reached",
            "search@example.com boss@example.com: Budget Cost of s: 50\u00a0% reached");
    assertThat(server.received().get(1).text())
        .contains("99.5=C2=A0% were reached on 30 September");
  }

  @Test
  void saysWhatWasUsedInTheLanguageOfTheTeam() {
    Threshold hours =
        new Threshold(
            "s/2026-09-01/actual/80",
            "s",
            "Search, GPUs",
            "search",
            LocalDate.parse("2026-09-01"),
            LocalDate.parse("2026-09-30"),
            "actual",
            new BigDecimal("80.000"),
            "accelerator_hours",
            new BigDecimal("1500"),
            new BigDecimal("1234.5"),
            LocalDate.parse("2026-09-20"));
    assertThat(new ThresholdText(Locale.US, hours).text())
        .isEqualTo(
            """
            Budget Search, GPUs: accelerator-hours 1,234.50 of 1,500.00 were used from 1 September 2026 to 30 September 2026, as far as bills and telemetry go.
            80\u00a0% were reached on 20 September 2026.

            costlake budgets --at 2026-09-01
            """);
    assertThat(new ThresholdText(Locale.GERMANY, hours).text())
        .contains("Beschleunigerstunden 1.234,50 von 1.500,00", "wurden am 20. September 2026");
  }

  @Test
  void periodsThatEndedLongAgoFireNothing() {
    String old =
        "('s', 'search', 'month', '2026-07-01', '2026-07-31', false, 120, '2026-07-14', null)";
    String now = "('s', 'search', %s, true, 10, null, null)".formatted(OCTOBER);
    assertThat(send(config(), old + ", " + now)).isEmpty();
    assertThat(server.received()).isEmpty();
  }

  @Test
  void aRollingBudgetFiresAgainWhenNoDayIsThatOfAnEarlierPeriod() {
    String rolling = "('r', 'ads', 'rolling', '%s', '%s', true, 120, '2026-09-20', null)";
    send(config(), rolling.formatted("2026-09-14", "2026-09-20"));
    send(config(), rolling.formatted("2026-09-15", "2026-09-21"));
    send(config(), rolling.formatted("2026-09-20", "2026-09-26"));
    assertThat(server.received()).hasSize(1);
    send(config(), rolling.formatted("2026-09-21", "2026-09-27"));
    assertThat(server.received()).hasSize(2);
    assertThat(subjects().get(0))
        .isEqualTo("ads@example.com: Budget Cost of r: 50\u00a0% erreicht");
  }

  @Test
  void withoutAServerOrAnAddressAThresholdIsRecordedAndWaits() {
    String two =
        "('s', 'search', %s, true, 120, '2026-09-14', null), ('v', 'vision', %s, true, 120, '2026-09-14', null)"
            .formatted(SEPTEMBER, SEPTEMBER);
    Config without = Config.load(home, null, Map.of("lake.format", "delta"));
    assertThat(send(without, two))
        .containsExactly("s/2026-09-01/actual/50 RENDERED", "v/2026-09-01/actual/50 RENDERED");
    assertThat(send(config(), two))
        .containsExactly("s/2026-09-01/actual/50 SENT", "v/2026-09-01/actual/50 RENDERED");
    assertThat(server.received()).hasSize(1);
  }
}
