package costlake.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.approve.SampleEstimates;
import costlake.core.FailPoint;
import costlake.outbox.MessageChange;
import costlake.outbox.MessageState;
import costlake.testing.JavaProcess;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kills the process that mails about requests. Each mail is sent once. */
@Tag("kill")
class ApprovalKillTest {
  @TempDir Path folder;

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
  void everyMailIsSentExactlyOnce(String format, String place, int taken, boolean doubt)
      throws Exception {
    try (SmtpServer server = SmtpServer.plain()) {
      String port = Integer.toString(server.port());
      SampleEstimates sample = ApprovalProcess.sample(folder, port, format);
      ApprovalProcess.act(sample);
      assertThat(diesAt(place, port, format)).isEqualTo(FailPoint.HALTED);
      assertThat(server.received()).hasSize(taken);

      List<MessageChange<ApprovalNotice>> mails = ApprovalProcess.send(sample);
      List<MessageChange<ApprovalNotice>> doubtful =
          mails.stream().filter(mail -> mail.state() == MessageState.DOUBTFUL).toList();
      assertThat(doubtful).hasSize(doubt ? 1 : 0);
      long sent = mails.stream().filter(mail -> mail.state() == MessageState.SENT).count();
      MailDecision decision =
          server.received().size() > sent ? MailDecision.SENT : MailDecision.NOT_SENT;
      doubtful.forEach(
          mail -> ApprovalMail.resolve(sample.lake(), mail.id(), decision, "ann", null));
      assertThat(ApprovalProcess.send(sample))
          .allMatch(mail -> mail.state() == MessageState.SENT)
          .extracting(MessageChange::id)
          .containsExactlyInAnyOrder("1/requested", "2/rejected");
      assertThat(server.received()).hasSize(2);
    }
  }

  private int diesAt(String place, String port, String format) throws Exception {
    return JavaProcess.of(ApprovalProcess.class, "700m")
        .options(List.of("-Dcostlake.failpoint=" + place))
        .arguments(folder.toString(), port, format)
        .exitCode(folder.resolve("child.log"));
  }
}
