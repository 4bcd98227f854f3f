package costlake.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.config.LakeConfig;
import costlake.decide.Decision;
import costlake.lake.Lake;
import costlake.outbox.MessageChange;
import costlake.outbox.MessageState;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailChannelTest {
  /** The file of a decision in the format of earlier versions, which sent only mails. */
  private static final String EARLIER =
      """
      {"number":1,"state":"RECORDED","runId":"send --resolve","at":"2026-10-05T08:00:00.123Z",
       "actor":"ann","reason":"the log has it","content":{"mail":{"messageId":"1@example.com",
       "statementId":"2026-09/search/USD/1","month":"2026-09","teamId":"search",
       "recipients":["a@example.com"],"contentSha256":"c0"},"change":4,"state":"SENT","attempt":1,
       "providerId":null,"recipient":null,"detail":"a person recorded that it was sent",
       "at":"2026-10-05T08:00:00.123Z"}}
      """;

  @TempDir Path root;

  @Test
  void aDecisionOfAnEarlierVersionIsRead() throws IOException {
    Files.writeString(
        Files.createDirectories(root.resolve("decisions/mails")).resolve("000000001.json"),
        EARLIER);
    LakeConfig config = SparkHarness.lake(LakeConfig.Format.DELTA, root);
    Lake lake = Lake.open(config, SparkHarness.session(config));
    Instant at = Instant.parse("2026-10-05T08:00:00.123Z");
    Mail mail =
        new Mail(
            "1@example.com",
            "2026-09/search/USD/1",
            SampleIssues.MONTH,
            "search",
            List.of("a@example.com"),
            "c0");
    assertThat(lake.decided().of(new MailChannel()).all())
        .containsExactly(
            new Decision<>(
                1,
                Decision.State.CARRIED_OUT,
                "send --resolve",
                at,
                "ann",
                "the log has it",
                new MessageChange<>(
                    mail,
                    4,
                    MessageState.SENT,
                    1,
                    null,
                    null,
                    "a person recorded that it was sent",
                    at)));
  }
}
