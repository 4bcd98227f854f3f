package costlake.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.Config;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Progress;
import costlake.lake.Lake;
import costlake.lake.MailChange;
import costlake.lake.MailChange.State;
import costlake.testing.JavaProcess;
import costlake.testing.SparkHarness;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Kills the process that sends mails. The next run sends the remaining mails and sends none twice.
 * Only the mail whose outcome is unknown is marked as doubtful.
 */
@Tag("kill")
class SendKillTest {

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
    "delta, send-queued, 0, false",
    "delta, send-handed-over, 1, true",
  })
  void everyMailIsSentExactlyOnce(String format, String place, int taken, boolean doubt)
      throws Exception {
    assertThat(FailPoints.SENDING).contains(place);
    Files.writeString(
        home.resolve("owners.yml"),
        """
        last_resort: {team: ads}
        teams:
          - {id: ads, name: Ads, email: [ads@example.com]}
          - {id: search, name: Search, email: [search@example.com]}
          - {id: vision, name: Vision, email: [vision@example.com]}
        """);
    try (SmtpServer server = SmtpServer.plain()) {
      String port = Integer.toString(server.port());
      assertThat(diesAt(place, port, format)).isEqualTo(FailPoint.HALTED);
      assertThat(server.received()).hasSize(taken);

      Config config = SendProcess.config(home, port, format);
      Lake lake = Lake.open(config.lake(), SparkHarness.session(config.lake()));
      List<MailChange> mails = send(config, lake);
      List<MailChange> doubtful = mails.stream().filter(m -> m.state() == State.DOUBTFUL).toList();
      assertThat(doubtful).hasSize(doubt ? 1 : 0);
      assertThat(mails).hasSize(3);

      for (MailChange mail : doubtful) {
        boolean arrived =
            server.received().stream()
                .anyMatch(r -> r.recipients().equals(mail.mail().recipients()));
        StatementMail.resolve(
            lake, mail.mail().messageId(), arrived ? MailDecision.SENT : MailDecision.NOT_SENT);
      }
      assertThat(send(config, lake)).allMatch(m -> m.state() == State.SENT).hasSize(3);
      assertThat(server.received())
          .extracting(r -> String.join(" ", r.recipients()))
          .containsExactlyInAnyOrder("ads@example.com", "search@example.com", "vision@example.com");
    }
  }

  @Test
  void testsEveryFailPoint() throws Exception {
    CsvSource places =
        SendKillTest.class
            .getDeclaredMethod(
                "everyMailIsSentExactlyOnce", String.class, String.class, int.class, boolean.class)
            .getAnnotation(CsvSource.class);
    for (String place : FailPoints.SENDING) {
      assertThat(places.value()).anyMatch(row -> row.contains(" " + place + ","));
    }
  }

  private static List<MailChange> send(Config config, Lake lake) {
    return StatementMail.send(
        config, lake, SampleIssues.MONTH, StatementSenderTest.ISSUES, Progress.SILENT);
  }

  private int diesAt(String place, String port, String format) throws Exception {
    return JavaProcess.of(SendProcess.class, "700m")
        .options(List.of("-Dcostlake.failpoint=" + place))
        .arguments(home.toString(), port, format)
        .exitCode(home.resolve("child.log"));
  }
}
