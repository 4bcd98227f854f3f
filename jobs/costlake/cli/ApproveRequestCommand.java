package costlake.cli;

import costlake.approve.Approval;
import costlake.approve.Approvals.Estimate;
import costlake.approve.RunRequest.Purpose;
import costlake.config.Config;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake approve request}: what a run would cost, and whether it may. */
@Command(
    name = "request",
    description = {
      "Ask whether a run may start, and say what it would cost.",
      "A run below approvals.cost_min needs no approval: its cost is printed, and nothing is"
          + " recorded."
    },
    footer = {
      "",
      "Example: costlake approve request --gpus 64xH100 --hours 96 --team search --run ranker-v9"
    })
final class ApproveRequestCommand implements Runnable {
  @Mixin CommonOptions common;
  @Mixin RunOptions run;

  @Option(
      names = "--team",
      required = true,
      paramLabel = "TEAM",
      description = "Team that pays, and whose approvers decide.")
  String team;

  @Option(
      names = "--run",
      required = true,
      paramLabel = "RUN",
      description = "Id of the run, as its record will name it.")
  String runId;

  @Option(
      names = "--project",
      paramLabel = "PROJECT",
      description = "Project: its past runs say what is likely.")
  @Nullable String project;

  @Option(names = "--why", paramLabel = "TEXT", description = "Why the run is needed.")
  @Nullable String why;

  @Override
  public void run() {
    Config config = common.config();
    try (ApprovalSession session = ApprovalSession.open(config)) {
      request(session);
    }
  }

  private void request(ApprovalSession session) {
    Purpose purpose = new Purpose(runId, team, project, why);
    session.approvals().refuseImpossible(purpose, CommonOptions.actor());
    Estimate estimate = session.approvals().estimate(run.wish());
    ApprovalLines lines = new ApprovalLines(session);
    if (estimate.needsApproval()) {
      Approval asked = session.approvals().request(estimate, purpose, CommonOptions.actor());
      lines.of(asked).forEach(common.out()::println);
      session.tell(common.console().progress());
    } else {
      common.out().println(lines.belowThreshold(estimate));
    }
  }
}
