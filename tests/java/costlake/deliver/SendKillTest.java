package costlake.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.Config;
import costlake.core.FailPoint;
import costlake.core.FailPoints;
import costlake.core.Progress;
import costlake.lake.Lake;
import costlake.outbox.MessageChange;
import costlake.outbox.MessageState;
import costlake.outbox.Outbox;
import costlake.testing.JavaProcess;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Kills the process that sends mails. The next run sends the remaining mails and sends none twice.
 * Only the mail whose outcome is unknown is marked as doubtful. A decision on a mail is kept once.
 */
@Tag("kill")
class SendKillTest {
  private static final List<String> DECIDING =
      List.of(
          FailPoints.DECISION_BEFORE_JOURNAL,
          FailPoints.DECISION_AFTER_JOURNAL,
          FailPoints.DECISION_AFTER_FIRST_TABLE,
          FailPoints.DECISION_BEFORE_RECORDED,
          FailPoints.DECISION_AFTER_RECORDED);

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
    owners();
    try (SmtpServer server = SmtpServer.plain()) {
      String port = Integer.toString(server.port());
      assertThat(diesAt(place, port, format)).isEqualTo(FailPoint.HALTED);
      assertThat(server.received()).hasSize(taken);

      Config config = SendProcess.config(home, port, format);
      Lake lake = Lake.open(config.lake(), SparkHarness.session(config.lake()));
      List<MessageChange<Mail>> mails = send(config, lake);
      List<MessageChange<Mail>> doubtful =
          mails.stream().filter(m -> m.state() == MessageState.DOUBTFUL).toList();
      assertThat(doubtful).hasSize(doubt ? 1 : 0);
      assertThat(mails).hasSize(3);

      for (MessageChange<Mail> mail : doubtful) {
        boolean arrived =
            server.received().stream()
                .anyMatch(r -> r.recipients().equals(mail.message().recipients()));
        StatementMail.resolve(
            lake, mail.id(), arrived ? MailDecision.SENT : MailDecision.NOT_SENT, "ann", null);
      }
      assertThat(send(config, lake)).allMatch(m -> m.state() == MessageState.SENT).hasSize(3);
      assertThat(server.received())
          .extracting(r -> String.join(" ", r.recipients()))
          .containsExactlyInAnyOrder("ads@example.com", "search@example.com", "vision@example.com");
    }
  }

  /** Each fail point has its own doubtful mail. {@code CloseKillTest} decides in both formats. */
  @Test
  void aPersonsDecisionIsKeptOnceWhereverItWasStopped() throws Exception {
    owners();
    Config config = SendProcess.config(home, "1", "delta");
    SparkSession session = SparkHarness.session(config.lake());
    Lake lake = Lake.open(config.lake(), session);
    for (String place : DECIDING) {
      String id = place + "@example.com";
      SampleIssues.mail(lake, id, null, MessageState.DOUBTFUL);
      assertThat(diesAt(place, "1", "delta", id)).as(place).isEqualTo(FailPoint.HALTED);
      boolean kept = !place.equals(FailPoints.DECISION_BEFORE_JOURNAL);
      try (Outbox<Mail> outbox = Outbox.open(lake, new MailChannel(), "test")) {
        assertThat(outbox.last(id))
            .as(place)
            .hasValueSatisfying(
                mail ->
                    assertThat(mail.state())
                        .isEqualTo(kept ? MessageState.SENT : MessageState.DOUBTFUL));
      }
    }
    lake.registerViews(table -> table.startsWith("ops."));
    assertThat(
            ask(
                session,
                "select concat_ws(' ', message_id, count(*), max(change)) from ops.mail_outbox"
                    + " group by message_id order by 1"))
        .containsExactly(
            "decision-after-first-table@example.com 4 4",
            "decision-after-journal@example.com 4 4",
            "decision-after-recorded@example.com 4 4",
            "decision-before-journal@example.com 3 3",
            "decision-before-recorded@example.com 4 4");
    assertThat(
            ask(
                session,
                "select concat_ws(' ', decision_number, message_id, change, state, actor, reason)"
                    + " from ops.mail_decisions order by 1"))
        .containsExactly(
            "1 decision-after-journal@example.com 4 sent ann the log of the server has it",
            "2 decision-after-first-table@example.com 4 sent ann the log of the server has it",
            "3 decision-before-recorded@example.com 4 sent ann the log of the server has it",
            "4 decision-after-recorded@example.com 4 sent ann the log of the server has it");
  }

  private static List<String> ask(SparkSession session, String sql) {
    return session.sql(sql).as(Encoders.STRING()).collectAsList();
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

  private void owners() throws IOException {
    Files.writeString(
        home.resolve("owners.yml"),
        """
        last_resort: {team: ads}
        teams:
          - {id: ads, name: Ads, email: [ads@example.com]}
          - {id: search, name: Search, email: [search@example.com]}
          - {id: vision, name: Vision, email: [vision@example.com]}
        """);
  }

  private static List<MessageChange<Mail>> send(Config config, Lake lake) {
    return StatementMail.send(
        config, lake, SampleIssues.MONTH, StatementSenderTest.ISSUES, Progress.SILENT);
  }

  private int diesAt(String place, String port, String format, String... message) throws Exception {
    return JavaProcess.of(SendProcess.class, "700m")
        .options(List.of("-Dcostlake.failpoint=" + place))
        .arguments(home.toString(), port, format)
        .arguments(message)
        .exitCode(home.resolve("child.log"));
  }
}
