package costlake.cli;

import costlake.approve.ApprovalAct;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs {@code costlake approve decide}. */
@Command(
    name = "decide",
    description = {
      "Approve or reject a request.",
      "The approvers of the team in owners.yml may, except for their own requests. The approved"
          + " cost becomes the budget of the run."
    },
    footer = {"", "Example: costlake approve decide 1 yes --why 'agreed with finance'"})
final class ApproveDecideCommand implements Runnable {
  /** What an approver answers. */
  enum Answer {
    YES(ApprovalAct.Kind.APPROVED),
    NO(ApprovalAct.Kind.REJECTED);

    private final ApprovalAct.Kind act;

    Answer(ApprovalAct.Kind act) {
      this.act = act;
    }
  }

  @Mixin CommonOptions common;

  @Parameters(index = "0", paramLabel = "ID", description = "Number of the request.")
  String id;

  @Parameters(index = "1", paramLabel = "yes|no", description = "yes approves, no rejects.")
  Answer answer;

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
          .of(session.approvals().decide(id, answer.act, why, CommonOptions.actor()))
          .forEach(common.out()::println);
      session.tell(common.console().progress());
    }
  }
}
