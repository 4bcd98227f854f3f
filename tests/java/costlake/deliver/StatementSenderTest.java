package costlake.deliver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.config.Config;
import costlake.config.LakeConfig.Format;
import costlake.core.Failure;
import costlake.core.Progress;
import costlake.deliver.SmtpServer.Step;
import costlake.lake.Lake;
import costlake.outbox.MessageChange;
import costlake.outbox.MessageState;
import costlake.outbox.Outbox;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sends statements of one lake to one test server, in several runs. */
class StatementSenderTest {
  static final List<OutgoingStatement> ISSUES =
      List.of(
          SampleIssues.issue("ads", "Ads"),
          SampleIssues.issue("search", "Search"),
          SampleIssues.issue("vision", "Vision"));

  @TempDir Path home;
  private SmtpServer server;

  @BeforeEach
  void start() throws IOException {
    server = SmtpServer.plain();
    owners("search@example.com");
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void everyTeamGetsItsStatementOnce(Format format) throws IOException {
    Map<String, String> delta =
        Map.of("lake.format", format.name().toLowerCase(java.util.Locale.ROOT));
    assertThat(states(send(delta))).isEqualTo("ads=SENT search=SENT vision=SENT");
    assertThat(states(send(delta))).isEqualTo("ads=SENT search=SENT vision=SENT");
    assertThat(recipients())
        .containsExactly(
            "ads@example.com", "search@example.com boss@example.com", "vision@example.com");
    assertThat(server.received().get(1).header("To")).isEqualTo("search@example.com");
    assertThat(server.received().get(1).header("Cc")).isEqualTo("boss@example.com");
    server
        .received()
        .forEach(
            mail -> {
              long others =
                  List.of("Ads", "Search", "Vision").stream().filter(mail.text()::contains).count();
              assertThat(others).isEqualTo(1);
            });
    assertThat(history(delta, "ads"))
        .containsExactly(
            MessageState.RENDERED, MessageState.QUEUED, MessageState.SENDING, MessageState.SENT);
  }

  @Test
  void refusedMailIsSentAgainOnlyToACorrectedAddress() throws IOException {
    server.answers(Step.RCPT, "250 ok", "550 5.1.1 no such user");
    assertThat(states(send(Map.of()))).isEqualTo("ads=SENT search=FAILED vision=SENT");
    assertThat(states(send(Map.of()))).isEqualTo("ads=SENT search=FAILED vision=SENT");
    owners("new@example.com");
    send(Map.of());
    assertThat(recipients())
        .containsExactly(
            "ads@example.com", "vision@example.com", "new@example.com boss@example.com");
  }

  @Test
  void aPersonCanHaveARefusedMailSentAgain() throws IOException {
    server.answers(Step.RCPT, "250 ok", "550 5.7.1 spam");
    String id = only(send(Map.of()), MessageState.FAILED);
    StatementMail.resolve(lake(), "<" + id + ">", MailDecision.NOT_SENT, "ann", null);
    assertThat(states(send(Map.of()))).isEqualTo("ads=SENT search=SENT vision=SENT");
    assertThat(server.received()).hasSize(3);
  }

  @Test
  void temporaryRefusalsAreTriedAgainUpToTheLimit() throws IOException {
    server.answers(Step.END, "451 4.3.0 later", "451 4.3.0 later", "250 ok", "451 4.3.0 later");
    assertThat(states(send(Map.of()))).isEqualTo("ads=SENT search=SENT vision=SENT");
    assertThat(server.received()).hasSize(3);
    assertThat(history(Map.of(), "ads"))
        .containsExactly(
            MessageState.RENDERED,
            MessageState.QUEUED,
            MessageState.SENDING,
            MessageState.QUEUED,
            MessageState.SENDING,
            MessageState.QUEUED,
            MessageState.SENDING,
            MessageState.SENT);
  }

  @Test
  void afterTheLastAttemptAMailWaitsForTheNextRun() throws IOException {
    server.answers(
        Step.MAIL, "451 busy", "451 busy", "451 busy", "451 busy", "451 busy", "451 busy");
    Map<String, String> twice = Map.of("mail.attempts_max", "2");
    assertThat(states(send(twice))).isEqualTo("ads=QUEUED search=QUEUED vision=QUEUED");
    assertThat(server.received()).isEmpty();
    assertThat(states(send(twice))).isEqualTo("ads=SENT search=SENT vision=SENT");
    assertThat(server.received()).hasSize(3);
  }

  @Test
  void mailWithUnknownOutcomeIsNotSentAgain() throws IOException {
    server.answers(Step.END, "250 ok", SmtpServer.TAKE_AND_DROP, SmtpServer.DROP);
    assertThat(states(send(Map.of()))).isEqualTo("ads=SENT search=DOUBTFUL vision=DOUBTFUL");
    assertThat(states(send(Map.of()))).isEqualTo("ads=SENT search=DOUBTFUL vision=DOUBTFUL");
    assertThat(server.received()).hasSize(2);

    Lake lake = lake();
    StatementMail.resolve(lake, id(lake, "search"), MailDecision.SENT, "ann", null);
    StatementMail.resolve(lake, id(lake, "vision"), MailDecision.NOT_SENT, "ann", null);
    assertThat(states(send(Map.of()))).isEqualTo("ads=SENT search=SENT vision=SENT");
    assertThat(recipients())
        .containsExactly(
            "ads@example.com", "search@example.com boss@example.com", "vision@example.com");
    assertThatThrownBy(
            () ->
                StatementMail.resolve(lake, id(lake, "search"), MailDecision.NOT_SENT, "ann", null))
        .hasMessageContaining("the state of the mail is sent. Its outcome is known");
    assertThatThrownBy(() -> StatementMail.resolve(lake, "nobody", MailDecision.SENT, "ann", null))
        .hasMessageContaining("no mail has this id");
  }

  @Test
  void recipientsGetAStatementOnceWhenOthersAreAdded() throws IOException {
    send(Map.of());
    owners("search@example.com, second@example.com");
    send(Map.of());
    send(Map.of());
    assertThat(recipients())
        .containsExactly(
            "ads@example.com",
            "search@example.com boss@example.com",
            "vision@example.com",
            "second@example.com");
  }

  @Test
  void queuedMailToFormerRecipientsIsWithdrawn() throws IOException {
    server.answers(Step.MAIL, "451 a", "451 b", "451 c");
    send(Map.of("mail.attempts_max", "1"));
    owners("new@example.com");
    assertThat(states(send(Map.of())))
        .isEqualTo("ads=SENT search=SENT search=WITHDRAWN vision=SENT");
    assertThat(recipients())
        .containsExactly(
            "ads@example.com", "new@example.com boss@example.com", "vision@example.com");
  }

  @Test
  void allMailsCanGoToOneAddress() throws IOException {
    send(Map.of("mail.send_all_to", "trial@example.com"));
    assertThat(recipients())
        .containsExactly("trial@example.com", "trial@example.com", "trial@example.com");
    send(Map.of());
    assertThat(recipients()).hasSize(6).contains("vision@example.com");
  }

  @Test
  void nothingIsSentIfATeamHasNoAddress() throws IOException {
    owners("");
    assertThatThrownBy(() -> send(Map.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("no recipient for team search")
        .hasMessageContaining("Nothing was sent");
    assertThat(server.received()).isEmpty();
    Files.writeString(
        home.resolve("owners.yml"),
        Files.readString(home.resolve("owners.yml"))
            .replace("name: Search,", "name: Search, no_mail: true,"));
    assertThat(states(send(Map.of()))).isEqualTo("ads=SENT vision=SENT");
  }

  @Test
  void serverThatRefusesTheSenderStopsTheRunAndMailsRemainQueued() throws IOException {
    server.answers(Step.MAIL, "250 ok", "553 not your domain");
    assertThatThrownBy(() -> send(Map.of()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining(
            "Cannot send by smtp: the server refuses the sender: 553 not your domain");
    assertThat(states(send(Map.of()))).isEqualTo("ads=SENT search=SENT vision=SENT");
    assertThat(server.received()).hasSize(3);
  }

  @Test
  void companyGetsItsStatementIfItHasARecipient() throws IOException {
    Files.writeString(
        home.resolve("owners.yml"),
        """
        last_resort: {team: ads}
        teams: [{id: ads, name: Ads, email: [ads@example.com], cost_centre: '4410'}]
        groups: [{id: company.all, email: [cfo@example.com], language: de}, {id: centre.4410}]
        """);
    List<OutgoingStatement> statements =
        List.of(
            SampleIssues.issue("ads", "Ads"),
            SampleIssues.issue("company.all", "Example Company"),
            SampleIssues.issue("centre.4410", "Research"));
    Config config = config(Map.of());
    for (int again = 0; again < 2; again++) {
      assertThat(
              states(
                  StatementMail.send(
                      config, lake(), SampleIssues.MONTH, statements, Progress.SILENT)))
          .isEqualTo("ads=SENT company.all=SENT");
    }
    assertThat(recipients()).containsExactly("ads@example.com", "cfo@example.com");
    assertThat(server.received().get(1).header("Content-Language")).isEqualTo("de");
  }

  @Test
  void onlyOneProcessSendsAtATime() throws IOException {
    Lake lake = lake();
    try (Outbox<Mail> outbox = Outbox.open(lake, new MailChannel(), "send 2026-09")) {
      assertThat(outbox.changes()).isEmpty();
      assertThatThrownBy(() -> send(Map.of()))
          .isInstanceOf(Failure.class)
          .hasMessageContaining("another send is running");
    }
    assertThat(server.received()).isEmpty();
  }

  @Test
  void aDryRunWritesFilesAndSendsNothing() throws IOException {
    List<Path> files =
        StatementMail.dryRun(config(Map.of()), SampleIssues.MONTH, ISSUES, home.resolve("dry"));
    assertThat(files)
        .extracting(f -> home.resolve("dry/2026-09").relativize(f).toString())
        .containsExactly(
            "statement-2026-09-ads.eml",
            "statement-2026-09-search.eml",
            "statement-2026-09-vision.eml");
    assertThat(Files.readString(files.get(1))).contains("To: search@example.com");
    assertThat(server.received()).isEmpty();
    assertThat(home.resolve("lake")).doesNotExist();
  }

  private void owners(String search) throws IOException {
    Files.writeString(
        home.resolve("owners.yml"),
        """
        last_resort: {team: ads}
        teams:
          - {id: ads, name: Ads, email: [ads@example.com]}
          - {id: search, name: Search, email: [%s], cc: [%s]}
          - {id: vision, name: Vision, email: [vision@example.com]}
        """
            .formatted(search, search.isEmpty() ? "" : "boss@example.com"));
  }

  private Config config(Map<String, String> sets) {
    Map<String, String> all =
        new TreeMap<>(
            Map.of(
                "mail.transport", "smtp",
                "mail.timeout_s", "5",
                "mail.backoff_s", "0",
                "mail.smtp.host", "localhost",
                "mail.smtp.security", "none",
                "mail.smtp.port", Integer.toString(server.port())));
    all.putAll(sets);
    return Config.load(home, null, all);
  }

  private Lake lake() {
    return lake(config(Map.of()));
  }

  private static Lake lake(Config config) {
    return Lake.open(config.lake(), SparkHarness.session(config.lake()));
  }

  private List<MessageChange<Mail>> send(Map<String, String> sets) {
    Config config = config(sets);
    return StatementMail.send(config, lake(config), SampleIssues.MONTH, ISSUES, Progress.SILENT);
  }

  private static String states(List<MessageChange<Mail>> mails) {
    return mails.stream()
        .map(m -> m.message().teamId() + "=" + m.state())
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private List<MessageState> history(Map<String, String> sets, String team) {
    try (Outbox<Mail> outbox = Outbox.open(lake(config(sets)), new MailChannel(), "test")) {
      return outbox.changes().stream()
          .filter(c -> c.message().teamId().equals(team))
          .map(MessageChange::state)
          .toList();
    }
  }

  private static String only(List<MessageChange<Mail>> mails, MessageState state) {
    return mails.stream()
        .filter(m -> m.state() == state)
        .map(m -> m.id())
        .findFirst()
        .orElseThrow();
  }

  private static String id(Lake lake, String team) {
    try (Outbox<Mail> outbox = Outbox.open(lake, new MailChannel(), "test")) {
      return outbox.changes().stream()
          .filter(c -> c.message().teamId().equals(team))
          .map(c -> c.id())
          .findFirst()
          .orElseThrow();
    }
  }

  private List<String> recipients() {
    return server.received().stream().map(m -> String.join(" ", m.recipients())).toList();
  }
}
