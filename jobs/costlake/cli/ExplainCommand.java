package costlake.cli;

import costlake.explain.Explain;
import costlake.explain.ExplanationStep.Digits;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs {@code costlake explain} and prints the origin of a line as a tree. */
@Command(
    name = "explain",
    description = {
      "Trace a printed line, a run or a model to rows of bills.",
      "The money adds up at each step."
    },
    footer = {
      "",
      "Example: costlake explain --conf demo/conf ID",
      "Each line of a statement ends with its ID; reporting.statement_lines and"
          + " allocation.allocated_charges have it too. Runs and models are in"
          + " economics.training_runs and economics.model_life."
    })
final class ExplainCommand implements Runnable {
  @Mixin CommonOptions common;

  @Parameters(
      paramLabel = "ID",
      description = "Id of a line, an allocated row, a charge, a run or a model.")
  String id;

  @ArgGroup @Nullable Kind kind;

  @Option(names = "--exact", description = "Print amounts with all digits, not to the cent.")
  boolean exact;

  /** Says what the id is, if both a run and a model have it. */
  static final class Kind {
    @Option(names = "--run", description = "The id is a run.")
    boolean run;

    @Option(names = "--model", description = "The id is a model.")
    boolean model;

    Explain.Subject subject() {
      return run ? Explain.Subject.RUN : Explain.Subject.MODEL;
    }
  }

  @Override
  public void run() {
    try (LakeSession session =
        LakeSession.ofLake(common.config()).withTables(Explain.readsForIds()).withDeliveredRows()) {
      Explain.Subject subject = kind == null ? Explain.Subject.ANY : kind.subject();
      Digits digits = exact ? Digits.ALL : Digits.CENTS;
      common.out().println(Explain.tree(session.spark(), id, subject).text(digits));
    }
  }
}
