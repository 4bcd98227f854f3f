package costlake.cli;

import costlake.build.CaseRunner;
import costlake.build.Functions;
import costlake.config.Config;
import costlake.core.Failure;
import costlake.core.OwnFiles;
import costlake.core.Plural;
import costlake.lake.Sessions;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.ModelCase;
import costlake.model.Models;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Runs {@code costlake cases}: prints one line for each case of the user's own tables. */
@Command(
    name = "cases",
    description = {
      "Run the cases of your own pages and kinds of sources.",
      "They are in the folder of the configuration, as tests/models/reporting/TABLE.yml and"
          + " sources/KIND/cases/MODEL.yml. The lake is not needed, and is not changed."
    },
    footer = {
      "",
      "Example: costlake cases --conf my-company",
      "Example: costlake cases --conf my-company reporting.statement_acme_budgets"
    })
final class CasesCommand implements Runnable {
  @Mixin CommonOptions common;

  @Parameters(
      arity = "0..1",
      paramLabel = "MODEL",
      description = "Run only the cases of models whose name begins so.")
  String wanted = "";

  private int failed;

  @Override
  public void run() {
    Graph graph = Models.withOwnCases().compile();
    List<Model> models = graph.order().stream().filter(this::isWanted).toList();
    long cases = models.stream().flatMap(CasesCommand::own).count();
    if (cases == 0) {
      throw Failure.operator(
          "Cannot find a case%s: write it into %s/tests/models/reporting/TABLE.yml",
          wanted.isEmpty() ? "" : " of '" + wanted + "'", common.folder());
    }
    run(graph, models);
    if (failed > 0) {
      throw Failure.data("%d of %s failed", failed, Plural.of(cases, "case", "cases"));
    }
  }

  private boolean isWanted(Model model) {
    return model.name().toString().startsWith(wanted);
  }

  /** Returns the cases of a model that are in the folder of the configuration. */
  private static Stream<ModelCase> own(Model model) {
    return model.cases().stream().filter(one -> OwnFiles.file(one.origin().file()).isPresent());
  }

  private void run(Graph graph, List<Model> models) {
    Config config = common.config();
    SparkSession spark = Sessions.open(config);
    try {
      Sessions.prepareFor(spark, config.spark().properties(), 0);
      Functions.register(spark);
      CaseRunner runner = new CaseRunner(spark, graph);
      models.forEach(model -> own(model).forEach(one -> run(runner, model, one)));
    } finally {
      spark.stop();
    }
  }

  private void run(CaseRunner runner, Model model, ModelCase one) {
    Optional<String> difference = runner.run(model, one);
    String result = difference.isEmpty() ? "ok      " : "failed  ";
    common.out().println(result + model.name() + " " + one.name());
    difference.ifPresent(
        found -> {
          failed++;
          common.out().println(("(" + one.origin() + ")\n" + found).indent(2).stripTrailing());
        });
  }
}
