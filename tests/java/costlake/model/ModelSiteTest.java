package costlake.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks the documentation and the drawings of the models. */
class ModelSiteTest {
  private static final String HOSTILE = "<script>alert('x')</script>";

  @TempDir Path folder;

  @Test
  void documentsEveryModelOfTheProject() throws IOException {
    Graph graph = Models.below(Path.of(".")).compile();
    String page = Files.readString(new ModelSite(graph).write(folder.resolve("site")));
    assertThat(graph.order()).isNotEmpty();
    for (Model model : graph.order()) {
      assertThat(page).contains("<section class=\"model\" id=\"" + model.name() + "\">");
      model.cases().forEach(one -> assertThat(page).contains("<summary>" + one.name()));
      model
          .contract()
          .columns()
          .forEach(c -> assertThat(page).contains("<code>" + c.name() + "</code>"));
    }
    assertThat(page).contains("<svg").doesNotContain("http://localhost", "src=", "<link");
  }

  @Test
  void keepsHostileTextInert() throws IOException {
    String page = new ModelSite(hostile()).render();
    assertThat(page)
        .doesNotContain(HOSTILE)
        .contains("&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;");
  }

  @Test
  void drawsTheGraphAsTextAndForGraphviz() {
    GraphDrawing drawing = new GraphDrawing(hostile());
    assertThat(drawing.text()).isEqualTo("focus.charges\n  <- bronze.bill\n");
    assertThat(drawing.dot())
        .startsWith("digraph models {")
        .contains("\"bronze.bill\" -> \"focus.charges\";");
    assertThat(drawing.layout().boxes()).hasSize(2);
    assertThat(drawing.layout().arrows()).hasSize(1);
  }

  private static Graph hostile() {
    return Models.of(
            Map.of(
                "models/inputs.yml",
                "inputs: {bronze.bill: {meaning: \"" + HOSTILE + "\", columns: {id: string}}}",
                "models/focus/charges.sql",
                "select id, '"
                    + HOSTILE.replace("'", "")
                    + "' as team from {{ source('bronze.bill') }}",
                "models/focus/charges.yml",
                """
                description: "%1$s"
                grain: "%1$s"
                owner: finops
                columns:
                  - {name: id, type: string, meaning: "%1$s"}
                  - {name: team, type: string, meaning: the team}
                """
                    .formatted(HOSTILE)),
            Map.of(
                "tests/models/focus/charges.yml",
                "cases: [{name: one, given: {bronze.bill: [{id: \"%1$s\"}]}, expect: [{id: \"%1$s\"}]}]"
                    .formatted(HOSTILE)))
        .compile();
  }
}
