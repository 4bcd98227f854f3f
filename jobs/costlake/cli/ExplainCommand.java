package costlake.cli;

import costlake.explain.Explain;
import costlake.explain.Explain.Depth;
import costlake.explain.Explain.Subject;
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
      "The id may also be that of a statement, an endpoint or an experiment.",
      "The money adds up at each step."
    },
    footer = {
      "",
      "Example: costlake explain --conf demo/conf ID",
      "Each line of a statement ends with its ID; reporting.statement_lines and"
          + " allocation.allocated_charges have it too. Runs, experiments, models and"
          + " endpoints are in economics.training_runs, economics.model_life and"
          + " economics.endpoint_costs."
    })
final class ExplainCommand implements Runnable {
  @Mixin CommonOptions common;

  @Parameters(
      paramLabel = "ID",
      description =
          "Id of a line, a statement, an allocated row, a charge, a run, a model, an endpoint or an"
              + " experiment.")
  String id;

  @ArgGroup @Nullable Kind kind;

  @Option(
      names = "--details",
      description = "Lead a model or an endpoint on to the charges of each use.")
  boolean details;

  @Option(names = "--exact", description = "Print amounts with all digits, not to the cent.")
  boolean exact;

  /** Says what the id is, if several have it. */
  static final class Kind {
    @Option(names = "--run", description = "The id is a run.")
    boolean run;

    @Option(names = "--model", description = "The id is a model.")
    boolean model;

    @Option(names = "--endpoint", description = "The id is an endpoint.")
    boolean endpoint;

    @Option(names = "--experiment", description = "The id is an experiment.")
    boolean experiment;

    Subject subject() {
      return run
          ? Subject.RUN
          : model ? Subject.MODEL : endpoint ? Subject.ENDPOINT : Subject.EXPERIMENT;
    }
  }

  @Override
  public void run() {
    try (LakeSession session =
        LakeSession.ofLake(common.config()).withTables(Explain.readsForIds()).withDeliveredRows()) {
      Subject subject = kind == null ? Subject.ANY : kind.subject();
      Depth depth = details ? Depth.CHARGES : Depth.SUMMARY;
      Digits digits = exact ? Digits.ALL : Digits.CENTS;
      common.out().println(Explain.tree(session.spark(), id, subject, depth).text(digits));
    }
  }
}
