package costlake.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs {@code costlake approve withdraw}. */
@Command(
    name = "withdraw",
    description = {
      "Withdraw a request or an approval before its run starts.",
      "The requester and the approvers of the team may."
    },
    footer = {"", "Example: costlake approve withdraw 1 --why 'smaller run planned'"})
final class ApproveWithdrawCommand implements Runnable {
  @Mixin CommonOptions common;

  @Parameters(paramLabel = "ID", description = "Number of the request.")
  String id;

  @Option(
      names = "--why",
      required = true,
      paramLabel = "TEXT",
      description = "Reason; it is recorded.")
  String why;

  @Override
  public void run() {
    try (ApprovalSession session = ApprovalSession.open(common.config())) {
      ApprovalLines lines = new ApprovalLines(session);
      lines
          .of(session.approvals().withdraw(id, why, CommonOptions.actor()))
          .forEach(common.out()::println);
      session.approvals().publish();
    }
  }
}
