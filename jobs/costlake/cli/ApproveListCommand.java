package costlake.cli;

import costlake.approve.Approval;
import java.util.List;
import org.apache.spark.sql.Row;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs {@code costlake approve list}. */
@Command(
    name = "list",
    description = {
      "List all requests with their state and what their runs cost.",
      "used is the cost of the run as of the last night; empty if it is not known."
    },
    footer = {"", "Example: costlake approve list --format csv"})
final class ApproveListCommand implements Runnable {
  private static final List<String> COLUMNS =
      List.of(
          "request",
          "state",
          "run",
          "team",
          "asks_for",
          "currency",
          "projected",
          "used",
          "by",
          "expires_at");

  @Mixin CommonOptions common;
  @Mixin FormatOption format;

  @Override
  public void run() {
    try (ApprovalSession session = ApprovalSession.open(common.config())) {
      ApprovalLines lines = new ApprovalLines(session);
      List<Approval> all = session.approvals().all();
      List<Row> rows = all.stream().map(lines::row).toList();
      new ResultPrinter(common.data()).print(format.chosen, COLUMNS, rows.iterator());
      if (all.isEmpty()) {
        common.console().say("Nobody asked for an approval yet.");
      }
    }
  }
}
