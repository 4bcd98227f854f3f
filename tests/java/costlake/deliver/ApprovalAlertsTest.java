package costlake.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.alert.Alert;
import costlake.approve.ApprovalAct.Kind;
import costlake.approve.Approvals;
import costlake.approve.SampleEstimates;
import costlake.config.Severity;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Says which requests are news, for whom, and when they are over. */
class ApprovalAlertsTest {
  private static final Duration VALID = Duration.ofDays(14);

  @TempDir Path folder;

  private SampleEstimates acted() {
    SampleEstimates sample = ApprovalProcess.sample(folder, "1", "delta");
    ApprovalProcess.act(sample);
    return sample;
  }

  private static List<String> events(SampleEstimates sample, Instant now) {
    Approvals approvals = new Approvals(sample.config(), sample.lake(), sample.estimates(), now);
    return new ApprovalAlerts()
        .alerts(sample.config(), approvals).stream()
            .map(alert -> alert.id() + " " + alert.event().word())
            .sorted()
            .toList();
  }

  @Test
  void aRequestIsNewsUntilItIsDecidedAndADecisionUntilItExpires() {
    SampleEstimates sample = acted();
    assertThat(events(sample, ApprovalProcess.ASKED))
        .containsExactly("1/requested trigger", "2/rejected trigger", "2/requested resolve");
    assertThat(events(sample, ApprovalProcess.ASKED.plus(VALID)))
        .containsExactly(
            "1/approved resolve",
            "1/rejected resolve",
            "1/requested resolve",
            "2/approved resolve",
            "2/rejected resolve",
            "2/requested resolve");
    ApprovalProcess.approvals(sample).withdraw("1", "not needed", "ann");
    assertThat(events(sample, ApprovalProcess.ASKED)).contains("1/requested resolve");
  }

  @Test
  void anAlertSaysWhatIsAskedAndHowToDecide() {
    SampleEstimates sample = acted();
    List<Alert> alerts =
        new ApprovalAlerts().alerts(sample.config(), ApprovalProcess.approvals(sample));
    assertThat(alerts)
        .first()
        .satisfies(
            alert -> {
              assertThat(alert.key()).isEqualTo("approval/1/requested");
              assertThat(alert.teamId()).isEqualTo("search");
              assertThat(alert.severity()).isEqualTo(Severity.WARNING);
              assertThat(alert.title()).isEqualTo("Approval of run r1: USD 15,360.00");
              assertThat(alert.text()).contains("costlake approve decide 1 yes --why");
              assertThat(alert.facts())
                  .containsEntry("projected_cost", "15360")
                  .containsEntry("run_id", "r1");
            });
    ApprovalProcess.approvals(sample).decide("1", Kind.APPROVED, "agreed", "bob");
    assertThat(new ApprovalAlerts().alerts(sample.config(), ApprovalProcess.approvals(sample)))
        .filteredOn(alert -> alert.id().equals("1/approved"))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.title()).isEqualTo("Run r1 is approved: USD 15,360.00");
              assertThat(alert.severity()).isEqualTo(Severity.INFO);
            });
  }

  @Test
  void nothingIsToldOfALakeWithoutANight() {
    SampleEstimates sample = ApprovalProcess.sample(folder, "1", "delta");
    assertThat(new ApprovalAlerts().alerts(sample.config(), sample.lake())).isEmpty();
  }
}
