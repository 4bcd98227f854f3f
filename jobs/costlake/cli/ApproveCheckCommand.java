package costlake.cli;

import costlake.approve.StartCheck;
import costlake.core.Failure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs {@code costlake approve check}, for launchers. */
@Command(
    name = "check",
    description = {
      "Say whether a run may start: exit code 0 if so, else 2.",
      "Without --gpus and --hours, only a run with an approval may. A launcher that cannot wait for"
          + " a JVM reads approvals.decision_file instead."
    },
    footer = {"", "Example: costlake approve check ranker-v9 --gpus 64xH100 --hours 96"})
final class ApproveCheckCommand implements Runnable {
  @Mixin CommonOptions common;

  @Parameters(paramLabel = "RUN", description = "Id of the run.")
  String runId;

  @ArgGroup(exclusive = false)
  @Nullable RunOptions run;

  @Override
  public void run() {
    try (ApprovalSession session = ApprovalSession.open(common.config())) {
      StartCheck check = StartCheck.of(session.approvals(), runId, run == null ? null : run.wish());
      if (!check.passes()) {
        throw Failure.operator("Run %s may not start: %s", runId, check.reason());
      }
      common.out().println("Run " + runId + " may start: " + check.reason());
    }
  }
}
