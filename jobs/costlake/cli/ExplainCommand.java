package costlake.cli;

import costlake.explain.Explain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs {@code costlake explain} and prints the origin of a line as a tree. */
@Command(
    name = "explain",
    description = {
      "Trace a line of a statement to the rows of the bills.",
      "The money adds up at each step."
    },
    footer = {
      "",
      "Example: costlake explain --conf demo/conf ID",
      "Each line of a statement ends with its ID; reporting.statement_lines and"
          + " allocation.allocated_charges have it too."
    })
final class ExplainCommand implements Runnable {
  @Mixin CommonOptions common;

  @Parameters(paramLabel = "ID", description = "Id of a line, an allocated row or a charge.")
  String id;

  @Override
  public void run() {
    try (LakeSession session =
        LakeSession.ofLake(common.config()).withTables(Explain.reads()).withDeliveredRows()) {
      common.out().println(Explain.tree(session.spark(), id).text());
    }
  }
}
