package costlake.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.LakeConfig;
import costlake.lake.Lake;
import costlake.outbox.MessageState;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads delivery notices in the formats of mail servers (RFC 3464) and of Amazon SES. */
class DeliveryNoticesTest {
  @TempDir Path home;
  private Lake lake;
  private Path notices;

  @BeforeEach
  void open() throws IOException {
    LakeConfig config = SparkHarness.lake(LakeConfig.Format.ICEBERG, home.resolve("lake"));
    lake = Lake.open(config, SparkHarness.session(config));
    notices = Files.createDirectory(home.resolve("notices"));
  }

  @Test
  void failureReportCountsOnce() throws IOException {
    mail("m1@example.com", null, MessageState.SENT);
    report("1.eml", "m1@example.com", "failed", "gone@example.com");
    assertThat(StatementMail.notices(lake, notices))
        .singleElement()
        .matches(c -> c.state() == MessageState.BOUNCED)
        .matches(c -> c.recipient().equals("gone@example.com"))
        .matches(c -> c.detail().equals("5.1.1 smtp; 550 5.1.1 no such user"));
    assertThat(StatementMail.notices(lake, notices)).as("read twice").isEmpty();
    report("2.eml", "m1@example.com", "delivered", "other@example.com");
    assertThat(StatementMail.notices(lake, notices)).as("bounced stays bounced").isEmpty();
  }

  @Test
  void delaysAndOtherMailsChangeNothing() throws IOException {
    mail("m1@example.com", null, MessageState.SENT);
    report("1.eml", "m1@example.com", "delayed", "a@example.com");
    report("2.eml", "other@elsewhere.example", "failed", "a@example.com");
    Files.writeString(
        notices.resolve("3.eml"),
        "From: a@example.com\nSubject: Out of office\n\nBack on Monday\n");
    assertThat(StatementMail.notices(lake, notices)).isEmpty();
  }

  @Test
  void noticeDecidesAnUnknownOutcome() throws IOException {
    mail("m1@example.com", null, MessageState.DOUBTFUL);
    mail("m2@example.com", null, MessageState.SENDING);
    report("1.eml", "m1@example.com", "delivered", "a@example.com");
    event("2.json", "Send", "m2", "ses-2", "");
    assertThat(StatementMail.notices(lake, notices))
        .extracting(c -> c.id() + " " + c.state())
        .containsExactlyInAnyOrder("m1@example.com DELIVERED", "m2@example.com SENT");
  }

  @Test
  void eventsOfAmazonAreMatchedByTagOrById() throws IOException {
    mail("m1@example.com", "ses-1", MessageState.SENT);
    mail("m2@example.com", "ses-2", MessageState.SENT);
    event(
        "1.json",
        "Delivery",
        null,
        "ses-1",
        ", \"delivery\": {\"recipients\": [\"a@example.com\"], \"smtpResponse\": \"250 ok\"}");
    String bounce =
        ", \"bounce\": {\"bounceType\": \"Permanent\", \"bouncedRecipients\": [{\"emailAddress\": \"b@example.com\", \"diagnosticCode\": \"550 no\"}]}";
    String inner = text("Bounce", "m2", "other", bounce);
    Files.writeString(
        notices.resolve("2.json"),
        "{\"Type\": \"Notification\", \"Message\": \"%s\"}".formatted(inner.replace("\"", "\\\"")));
    assertThat(StatementMail.notices(lake, notices))
        .extracting(c -> c.id() + " " + c.state() + " " + c.recipient() + " " + c.detail())
        .containsExactlyInAnyOrder(
            "m1@example.com DELIVERED a@example.com 250 ok",
            "m2@example.com BOUNCED b@example.com Permanent 550 no");
  }

  @Test
  void messageNamesABrokenFile() throws IOException {
    Files.writeString(notices.resolve("1.json"), "{");
    assertThatThrownBy(() -> StatementMail.notices(lake, notices))
        .hasMessageContaining("Cannot read the notice " + notices.resolve("1.json"));
    assertThatThrownBy(() -> StatementMail.notices(lake, home.resolve("nowhere")))
        .hasMessageContaining("Cannot read the folder of notices");
  }

  private void mail(String id, String providerId, MessageState state) {
    SampleIssues.mail(lake, id, providerId, state);
  }

  private void report(String file, String id, String action, String recipient) throws IOException {
    Files.writeString(
        notices.resolve(file),
        """
        From: MAILER-DAEMON@mx.example.com
        To: finops@example.com
        Subject: Undelivered Mail Returned to Sender
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="B"

        --B
        Content-Type: text/plain

        This is the mail system at host mx.example.com.

        --B
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.com
        Arrival-Date: Thu, 1 Oct 2026 08:00:00 +0000

        Final-Recipient: rfc822; %s
        Action: %s
        Status: 5.1.1
        Diagnostic-Code: smtp; 550 5.1.1 no such user

        --B
        Content-Type: text/rfc822-headers

        From: finops@example.com
        Message-ID: <%s>
        Subject: Search

        --B--
        """
            .formatted(recipient, action, id)
            .replace("\n", "\r\n"));
  }

  private void event(String file, String type, String tag, String id, String more)
      throws IOException {
    Files.writeString(notices.resolve(file), text(type, tag, id, more));
  }

  private static String text(String type, String tag, String id, String more) {
    String tags = tag == null ? "" : ", \"tags\": {\"costlake-message\": [\"%s\"]}".formatted(tag);
    return "{\"eventType\": \"%s\", \"mail\": {\"messageId\": \"%s\"%s}%s}"
        .formatted(type, id, tags, more);
  }
}
