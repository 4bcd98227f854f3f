package costlake.model;

import costlake.core.Failure;
import costlake.core.FileErrors;
import costlake.template.Templates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Writes the documentation of the models: one page that a browser can open from disk, with a
 * drawing of the lineage, the type, unit and meaning of every column, the audits and the cases.
 */
public final class ModelSite {
  private final Graph graph;

  /** Creates the documentation of a graph. */
  public ModelSite(Graph graph) {
    this.graph = graph;
  }

  /**
   * Writes {@code index.html} into a folder.
   *
   * @return the file
   * @throws Failure with exit code 2 if the folder cannot be written
   */
  public Path write(Path folder) {
    Path page = folder.resolve("index.html");
    try {
      Files.createDirectories(folder);
      Files.writeString(page, render());
    } catch (IOException e) {
      throw Failure.operator(e, "Cannot write %s: %s", page, FileErrors.why(e));
    }
    return page;
  }

  String render() {
    return Templates.html("reports", Locale.ROOT)
        .print(
            "models",
            Map.of(
                "pages", graph.order().stream().map(this::page).toList(),
                "inputs", graph.inputsRead().stream().map(graph.inputs()::get).toList(),
                "between", graph.audits().stream().filter(a -> a.model() == null).toList(),
                "drawing", new GraphDrawing(graph).layout()));
  }

  private Page page(Model model) {
    return new Page(
        model,
        model.name().toString(),
        graph.auditsOf(model),
        model.cases().stream().map(ModelSite::example).toList(),
        graph.readers(model.name()).stream().map(m -> m.name().toString()).toList());
  }

  private static Example example(ModelCase one) {
    Map<String, Table> given = new TreeMap<>();
    one.given().forEach((relation, rows) -> given.put(relation, table(rows)));
    return new Example(one.name(), given, table(one.expect()));
  }

  private static Table table(List<Map<String, Object>> rows) {
    Set<String> columns =
        rows.stream()
            .flatMap(row -> row.keySet().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    return new Table(
        List.copyOf(columns),
        rows.stream().map(row -> columns.stream().map(c -> cell(row, c)).toList()).toList());
  }

  private static String cell(Map<String, Object> row, String column) {
    if (!row.containsKey(column)) {
      return "";
    }
    return row.get(column) == null ? "null" : row.get(column).toString();
  }

  /** The content of the section about one model. */
  public record Page(
      Model model, String name, List<Audit> audits, List<Example> examples, List<String> readers) {}

  /** One test case of a model. */
  public record Example(String name, Map<String, Table> given, Table expect) {}

  /** Rows as text, with all columns that any row has. */
  public record Table(List<String> columns, List<List<String>> rows) {}
}
