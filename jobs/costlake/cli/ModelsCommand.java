package costlake.cli;

import costlake.model.Contract;
import costlake.model.Graph;
import costlake.model.GraphDrawing;
import costlake.model.Model;
import costlake.model.ModelSite;
import costlake.model.Models;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs {@code costlake models}: lists, draws or documents the embedded models. */
@Command(
    name = "models",
    description = {
      "List the models, draw their graph or document them.",
      "The documentation is a page for a browser."
    },
    footer = {
      "",
      "Example: costlake models",
      "Example: costlake models --graph text",
      "Example: costlake models --site target/models"
    })
final class ModelsCommand implements Runnable {
  enum Drawing {
    TEXT,
    DOT
  }

  @Mixin CommonOptions common;

  @Option(
      names = "--graph",
      paramLabel = "FORMAT",
      description = "Show the graph: text, or dot for Graphviz.")
  @Nullable Drawing drawing;

  @Option(
      names = "--site",
      paramLabel = "DIR",
      description = "Write the documentation as DIR/index.html.")
  @Nullable Path site;

  @Override
  public void run() {
    Graph graph = models().compile();
    if (site != null) {
      Path page = new ModelSite(graph).write(site);
      common.out().println("Wrote " + page + ": open it in a browser.");
    }
    if (drawing != null) {
      GraphDrawing drawn = new GraphDrawing(graph);
      common.out().print(drawing == Drawing.DOT ? drawn.dot() : drawn.text());
    }
    if (site == null && drawing == null) {
      graph.order().forEach(this::line);
    }
  }

  /** The site shows the cases of models, which only a working copy has. */
  private static Models models() {
    String copy = System.getProperty("costlake.working_copy");
    return copy == null ? Models.embedded() : Models.withCases(Path.of(copy));
  }

  private void line(Model model) {
    Contract contract = model.contract();
    String kept =
        model.stored()
            ? "table by " + contract.partition().by().name().toLowerCase(Locale.ROOT)
            : "view";
    common
        .out()
        .println(
            "%-34s %-14s %3d columns  %s"
                .formatted(model.name(), kept, contract.columns().size(), contract.grain()));
  }
}
