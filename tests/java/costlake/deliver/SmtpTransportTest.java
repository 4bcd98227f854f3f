package costlake.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.MailConfig;
import costlake.core.Failure;
import costlake.deliver.SmtpServer.Step;
import costlake.outbox.Transport;
import costlake.testing.Certificates;
import jakarta.mail.internet.MimeMessage;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every reply of an SMTP server, or a missing reply, gives the right outcome. */
class SmtpTransportTest {
  private static final int TIMEOUT_S = 2;
  private static final List<String> TWO = List.of("a@example.com", "b@example.com");
  private static final int LARGER_THAN_ANY_BUFFER = 32 << 20;
  private static final Recipients RECIPIENTS = new Recipients(TWO, List.of());

  @TempDir Path folder;

  @Test
  void handsAMailToAllOfItsRecipients() throws Exception {
    try (SmtpServer server = SmtpServer.plain()) {
      assertThat(handOver(server)).isEqualTo(new Transport.Accepted(null));
      assertThat(server.received()).hasSize(1);
      SmtpServer.Received mail = server.received().get(0);
      assertThat(mail.recipients()).isEqualTo(TWO);
      assertThat(mail.header("Message-ID")).isEqualTo("<id-1@example.com>");
      assertThat(mail.header("To")).contains("a@example.com").contains("b@example.com");
    }
  }

  @Test
  void goesThroughStartTlsAndTlsWithAPassword() throws Exception {
    Certificates certificates = new Certificates(folder);
    try (SmtpServer server = SmtpServer.startTls(certificates.server(), "u", "secret")) {
      assertThat(handOver(server, MailConfig.Security.STARTTLS, "secret", certificates.authority()))
          .isInstanceOf(Transport.Accepted.class);
      assertThat(server.received())
          .singleElement()
          .matches(m -> m.encrypted() && m.user().equals("u"));
    }
    try (SmtpServer server = SmtpServer.tls(certificates.server(), "u", "secret")) {
      assertThat(handOver(server, MailConfig.Security.TLS, "secret", certificates.authority()))
          .isInstanceOf(Transport.Accepted.class);
      assertThat(server.received())
          .singleElement()
          .matches(m -> m.encrypted() && m.user().equals("u"));
    }
  }

  @Test
  void sendsNothingToAServerItCannotTrust() throws Exception {
    Certificates certificates = new Certificates(folder);
    try (SmtpServer server = SmtpServer.startTls(certificates.server(), "u", "secret")) {
      assertThat(handOver(server, MailConfig.Security.STARTTLS, "secret", null))
          .isInstanceOf(Transport.Unreachable.class);
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void sendsNothingToAServerThatDoesNotEncrypt() throws Exception {
    try (SmtpServer server = SmtpServer.plain("u", "secret")) {
      assertThat(handOver(server, MailConfig.Security.STARTTLS, "secret", null))
          .isInstanceOf(Transport.Unreachable.class);
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void wrongPasswordAndRefusedSenderAreReportedToTheOperator() throws Exception {
    try (SmtpServer server = SmtpServer.plain("u", "secret")) {
      Transport.Answer answer = handOver(server, MailConfig.Security.NONE, "wrong", null);
      assertThat(answer).isInstanceOf(Transport.SenderRefused.class);
      assertThat(answer.toString()).contains("refuses user u").doesNotContain("wrong");
    }
    try (SmtpServer server = SmtpServer.plain().answers(Step.MAIL, "553 not your domain")) {
      assertThat(handOver(server))
          .isEqualTo(
              new Transport.SenderRefused("the server refuses the sender: 553 not your domain"));
    }
  }

  @Test
  void noRecipientGetsTheMailIfOneIsRefused() throws Exception {
    try (SmtpServer server =
        SmtpServer.plain().answers(Step.RCPT, "250 ok", "550 5.1.1 no such user")) {
      assertThat(handOver(server)).isEqualTo(new Transport.Refused("550 5.1.1 no such user"));
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void temporaryRefusalsMayBeTriedAgain() throws Exception {
    try (SmtpServer server =
        SmtpServer.plain()
            .answers(Step.RCPT, "451 grey")
            .answers(Step.END, "451 4.3.0 try again", "421 shutting down", "552 5.3.4 too big")) {
      assertThat(handOver(server)).isEqualTo(new Transport.TemporarilyRefused("451 grey"));
      assertThat(handOver(server))
          .isEqualTo(new Transport.TemporarilyRefused("451 4.3.0 try again"));
      assertThat(handOver(server)).isEqualTo(new Transport.TemporarilyRefused("421 shutting down"));
      assertThat(handOver(server)).isEqualTo(new Transport.Refused("552 5.3.4 too big"));
      assertThat(handOver(server)).isInstanceOf(Transport.Accepted.class);
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void mailIsNotSentIfTheConnectionBreaksBeforeTheEndOfTheData() throws Exception {
    try (SmtpServer server =
        SmtpServer.plain()
            .answers(Step.GREETING, SmtpServer.SILENCE, "220 hello")
            .answers(Step.DATA, SmtpServer.DROP, SmtpServer.DROP_IN_DATA)) {
      assertThat(handOver(server)).as("slow").isInstanceOf(Transport.Unreachable.class);
      assertThat(handOver(server)).isInstanceOf(Transport.TemporarilyRefused.class);
      assertThat(
              new SmtpTransport(config(server.port(), MailConfig.Security.NONE, null, null))
                  .handOver(new OutgoingMail(message(LARGER_THAN_ANY_BUFFER), TWO)))
          .as("in the middle")
          .isInstanceOf(Transport.TemporarilyRefused.class);
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void outcomeIsUnknownIfTheConnectionBreaksAfterTheEndOfTheData() throws Exception {
    try (SmtpServer server =
        SmtpServer.plain()
            .answers(Step.END, SmtpServer.DROP, SmtpServer.TAKE_AND_DROP, SmtpServer.SILENCE)) {
      assertThat(handOver(server)).isInstanceOf(Transport.OutcomeUnknown.class);
      assertThat(handOver(server)).isInstanceOf(Transport.OutcomeUnknown.class);
      assertThat(handOver(server)).as("slow").isInstanceOf(Transport.OutcomeUnknown.class);
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void missingServerIsUnreachable() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    assertThat(
            new SmtpTransport(config(port, MailConfig.Security.NONE, null, null))
                .handOver(new OutgoingMail(message(), TWO)))
        .isInstanceOf(Transport.Unreachable.class);
  }

  @Test
  void messageNamesAFileThatIsNotACertificate() throws Exception {
    Path file = Files.writeString(folder.resolve("ca.pem"), "nonsense");
    assertThatThrownBy(() -> new SmtpTransport(config(25, MailConfig.Security.TLS, null, file)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("mail.smtp.ca_file " + file);
  }

  private static Transport.Answer handOver(SmtpServer server) {
    return handOver(server, MailConfig.Security.NONE, null, null);
  }

  private static Transport.Answer handOver(
      SmtpServer server, MailConfig.Security security, String password, Path authority) {
    return new SmtpTransport(config(server.port(), security, password, authority))
        .handOver(new OutgoingMail(message(), TWO));
  }

  private static MailConfig config(
      int port, MailConfig.Security security, String password, Path authority) {
    return new MailConfig(
        MailConfig.Transport.SMTP,
        null,
        null,
        null,
        TIMEOUT_S,
        1,
        0,
        new MailConfig.Smtp(
            "localhost",
            port,
            security,
            password == null ? null : "u",
            password,
            authority == null ? null : authority.toString()),
        new MailConfig.Ses(null, null, null));
  }

  private static MimeMessage message() {
    return message(1000);
  }

  private static MimeMessage message(int attachmentBytes) {
    OutgoingStatement sample = SampleIssues.issue("a", "A");
    OutgoingStatement issue =
        new OutgoingStatement(
            sample.id(),
            sample.teamId(),
            sample.issue(),
            sample.parts(),
            () -> new byte[attachmentBytes]);
    MailContent content = new MailWriter(Locale.US, new LineLinks(null)).content(issue);
    return new MimeMessages("finops@example.com", "Example")
        .message("id-1@example.com", RECIPIENTS, content, Instant.parse("2026-10-01T08:00:00Z"));
  }
}
