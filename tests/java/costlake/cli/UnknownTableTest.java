package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Suggestions for table names that do not exist. */
class UnknownTableTest {
  private static final List<String> TABLES =
      List.of(
          "focus.cost_and_usage", "reporting.statements", "reporting.statement_lines", "ops.runs");

  @ParameterizedTest
  @CsvSource({
    "`reporting`.`statments`,  reporting.statements",
    "`statements`,             reporting.statements",
    "`statemnet_lines`,        reporting.statement_lines",
    "`focus`.`statements`,     reporting.statements",
    "`op`.`runs`,              ops.runs"
  })
  void suggestsTheNearestTable(String relation, String meant) {
    assertThat(UnknownTable.message(relation, TABLES))
        .startsWith(
            "Cannot find table '%s'. Did you mean '%s'?"
                .formatted(relation.replace("`", ""), meant));
  }

  @ParameterizedTest
  @CsvSource({"`invoices`", "`x`.`y`"})
  void listsTheSchemasWithoutASuggestion(String relation) {
    assertThat(UnknownTable.message(relation, TABLES))
        .doesNotContain("Did you mean")
        .endsWith("Schemas: focus, ops, reporting");
  }
}
