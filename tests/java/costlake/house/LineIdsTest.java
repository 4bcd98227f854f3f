package costlake.house;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.model.Graph;
import costlake.model.LineLetters;
import costlake.model.Models;
import costlake.report.StatementPages;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Tests that the letters of the lines of all tables are known, so that models with two tables of
 * one letter do not compile.
 */
class LineIdsTest {
  @Test
  void eachTableOfLinesHasItsOwnLetters() {
    Graph graph = Models.below(Path.of(".")).compile();
    List<String> letters =
        graph.order().stream().flatMap(model -> LineLetters.of(model.template().text())).toList();
    assertThat(letters).contains("a", "b", "do", "j", "w", "x", "y").doesNotHaveDuplicates();
    StatementPages.embedded()
        .tables()
        .values()
        .forEach(
            table ->
                table
                    .declared()
                    .ifPresent(rows -> assertThat(letters).containsAll(rows.letters())));
  }
}
