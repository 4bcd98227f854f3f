package costlake.deliver;

import costlake.approve.ApprovalAct.Kind;
import costlake.approve.Approvals;
import costlake.approve.RunRequest;
import costlake.approve.RunRequest.Purpose;
import costlake.approve.SampleEstimates;
import costlake.core.Progress;
import costlake.outbox.MessageChange;
import costlake.testing.SparkHarness;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Mails about requests in a separate process, so that a test can kill it. */
final class ApprovalProcess {
  static final Instant ASKED = Instant.parse("2026-10-05T08:00:00Z");

  private ApprovalProcess() {}

  /** Arguments: the folder, the port of the server, and the format of the lake. */
  public static void main(String[] args) {
    send(sample(Path.of(args[0]), args[1], args[2]));
    SparkHarness.spark().stop();
  }

  static SampleEstimates sample(Path folder, String port, String format) {
    return SampleEstimates.below(
        folder,
        Map.of(
            "lake.format", format,
            "mail.transport", "smtp",
            "mail.backoff_s", "0",
            "mail.smtp.host", "localhost",
            "mail.smtp.security", "none",
            "mail.smtp.port", port));
  }

  static Approvals approvals(SampleEstimates sample) {
    return new Approvals(sample.config(), sample.lake(), sample.estimates(), ASKED);
  }

  /** Makes two requests and rejects the second. */
  static void act(SampleEstimates sample) {
    Approvals approvals = approvals(sample);
    RunRequest wish = RunRequest.of("64xA100", new BigDecimal(96));
    for (String run : List.of("r1", "r2")) {
      Purpose purpose = new Purpose(run, "search", "ranker", "new <data>");
      approvals.request(approvals.estimate(wish), purpose, "ann");
    }
    approvals.decide("2", Kind.REJECTED, "too dear", "bob");
  }

  static List<MessageChange<ApprovalNotice>> send(SampleEstimates sample) {
    return ApprovalMail.send(sample.config(), sample.lake(), approvals(sample), Progress.SILENT);
  }
}
