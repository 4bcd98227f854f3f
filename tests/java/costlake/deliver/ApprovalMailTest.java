package costlake.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.approve.ApprovalAct.Kind;
import costlake.approve.Approvals;
import costlake.approve.RunRequest;
import costlake.approve.RunRequest.Purpose;
import costlake.approve.SampleEstimates;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mails requests to approvers, and decisions to the team. */
class ApprovalMailTest {
  @TempDir Path folder;
  private SmtpServer server;
  private SampleEstimates sample;

  @BeforeEach
  void start() throws IOException {
    server = SmtpServer.plain();
    sample = ApprovalProcess.sample(folder, Integer.toString(server.port()), "delta");
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private List<String> send() {
    return ApprovalProcess.send(sample).stream()
        .map(mail -> mail.id() + " " + mail.state())
        .sorted()
        .toList();
  }

  @Test
  void requestsGoToThoseWhoDecideAndDecisionsToTheTeamOnce() {
    ApprovalProcess.act(sample);
    assertThat(send()).containsExactly("1/requested SENT", "2/rejected SENT");
    assertThat(send()).containsExactly("1/requested SENT", "2/rejected SENT");
    ApprovalProcess.approvals(sample).decide("1", Kind.APPROVED, "go", "bob");
    assertThat(send()).containsExactly("1/approved SENT", "1/requested SENT", "2/rejected SENT");
    assertThat(server.received())
        .extracting(mail -> String.join(" ", mail.recipients()) + ": " + mail.header("Subject"))
        .as("ann asked, so only bob decides")
        .containsExactly(
            "bob@example.com: Approval of run r1: USD 15,360.00",
            "search@example.com: Run r2 is rejected: USD 15,360.00",
            "search@example.com: Run r1 is approved: USD 15,360.00");
    assertThat(server.received().get(0).text()).contains("costlake approve decide 1 yes --why");
  }

  @Test
  void aMailThatWaitedIsWithdrawnOnceTheRequestIsDecided() {
    SampleEstimates without = SampleEstimates.below(folder, Map.of());
    ApprovalProcess.act(without);
    ApprovalProcess.send(without);
    Approvals approvals = ApprovalProcess.approvals(without);
    assertThat(send()).containsExactly("1/requested SENT", "2/rejected SENT");
    approvals.request(
        approvals.estimate(RunRequest.of("64xA100", BigDecimal.valueOf(96))),
        new Purpose("r3", "search", null, null),
        "ann");
    ApprovalProcess.send(without);
    approvals.withdraw("3", "no", "ann");
    assertThat(send())
        .containsExactly("1/requested SENT", "2/rejected SENT", "3/requested WITHDRAWN");
    assertThat(server.received()).hasSize(2);
  }

  @Test
  void saysWhatIsAskedAndWhatToType() {
    ApprovalProcess.act(sample);
    Approvals approvals = ApprovalProcess.approvals(sample);
    assertThat(new ApprovalText(Locale.US, approvals, approvals.all().get(0)).text())
        .isEqualTo(
            """
            ann asks for run r1 of team search: 64 × A100 40GB for 96 hours.
            Projected cost, the cap: USD 15,360.00, at USD 2.50 an accelerator-hour, the effective price up to 28 September 2026.
            Likely cost by past runs of the project: USD 12,288.00 to USD 19,200.00.
            Left of the budget of the team: USD 700.00.
            Reason: new <data>

            Decide on the command line before the request expires on 19 October 2026. An answer to this mail decides nothing.

            costlake approve decide 1 yes --why "..."
            costlake approve decide 1 no --why "..."
            """);
    assertThat(new ApprovalText(Locale.GERMANY, approvals, approvals.all().get(1)).text())
        .startsWith(
            """
            bob hat den Lauf r2 abgelehnt (USD 15.360,00).
            Grund: too dear
            """);
  }
}
