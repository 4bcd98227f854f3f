package costlake.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.Config;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Progress;
import costlake.lake.Lake;
import costlake.outbox.MessageChange;
import costlake.outbox.MessageState;
import costlake.testing.JavaProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kills the process that fires thresholds. Each is recorded once, and mailed once. */
@Tag("kill")
class BudgetKillTest {
  private static final String ROWS =
      """
      ('a', 'ads', 'month', '2026-09-01', '2026-09-30', true, 200, '2026-09-10', '2026-09-20'),
      ('s', 'search', 'quarter', '2026-07-01', '2026-09-30', true, 120, '2026-09-10', null)
      """;

  @TempDir Path home;

  @ParameterizedTest
  @CsvSource({
    "iceberg, send-begun, 0, false",
    "iceberg, send-rendered, 0, false",
    "iceberg, send-queued, 0, false",
    "iceberg, send-before-sending, 0, false",
    "iceberg, send-sending, 0, true",
    "iceberg, send-handed-over, 1, true",
    "iceberg, send-recorded, 1, true",
    "delta, send-begun, 0, false",
    "delta, send-queued, 0, false",
    "delta, send-handed-over, 1, true",
  })
  void everyThresholdIsMailedExactlyOnce(String format, String place, int taken, boolean doubt)
      throws Exception {
    SampleBudgets.owners(home);
    try (SmtpServer server = SmtpServer.plain()) {
      String port = Integer.toString(server.port());
      Config config = SendProcess.config(home, port, format);
      Lake lake = SampleBudgets.open(config);
      SampleBudgets.publish(lake, config, ROWS);
      assertThat(diesAt(place, port, format)).isEqualTo(FailPoint.HALTED);
      assertThat(server.received()).hasSize(taken);

      List<MessageChange<Threshold>> fired = BudgetMail.send(config, lake, Progress.SILENT);
      assertThat(fired).hasSize(3);
      List<MessageChange<Threshold>> doubtful =
          fired.stream().filter(c -> c.state() == MessageState.DOUBTFUL).toList();
      assertThat(doubtful).hasSize(doubt ? 1 : 0);
      long sent = fired.stream().filter(c -> c.state() == MessageState.SENT).count();
      boolean arrived = server.received().size() > sent;
      MailDecision decision = arrived ? MailDecision.SENT : MailDecision.NOT_SENT;
      doubtful.forEach(c -> BudgetMail.resolve(lake, c.id(), decision, "ann", null));
      assertThat(BudgetMail.send(config, lake, Progress.SILENT))
          .allMatch(c -> c.state() == MessageState.SENT)
          .extracting(MessageChange::id)
          .containsExactlyInAnyOrder(
              "a/2026-09-01/actual/50", "a/2026-09-01/actual/99.5", "s/2026-07-01/actual/50");
      assertThat(server.received()).hasSize(3);
    }
  }

  @Test
  void testsEveryFailPoint() throws Exception {
    CsvSource places =
        BudgetKillTest.class
            .getDeclaredMethod(
                "everyThresholdIsMailedExactlyOnce",
                String.class,
                String.class,
                int.class,
                boolean.class)
            .getAnnotation(CsvSource.class);
    for (String place : FailPoints.SENDING) {
      assertThat(places.value()).anyMatch(row -> row.contains(" " + place + ","));
    }
  }

  private int diesAt(String place, String port, String format) throws Exception {
    return JavaProcess.of(BudgetProcess.class, "700m")
        .options(List.of("-Dcostlake.failpoint=" + place))
        .arguments(home.toString(), port, format)
        .exitCode(home.resolve("child.log"));
  }
}
