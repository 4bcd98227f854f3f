package costlake.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.OwnFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Declares tables in the configuration folder beside those of the program. */
class OwnTablesTest {
  private static final Path EXAMPLE = Path.of("tests/java/reports/made_up/budgets.yml");
  private static final RelationName BUDGETS = RelationName.parse("reporting.statement_budgets");

  @TempDir Path conf;

  private final @Nullable String before = System.getProperty(OwnFiles.PROPERTY);

  @BeforeEach
  void useFolder() {
    OwnFiles.use(conf);
  }

  @AfterEach
  void forgetFolder() {
    if (before == null) {
      System.clearProperty(OwnFiles.PROPERTY);
    } else {
      System.setProperty(OwnFiles.PROPERTY, before);
    }
  }

  private Path file() {
    return conf.resolve("reports/pages/budgets.yml");
  }

  private Graph compiled(String right, String wrong) throws IOException {
    String page = Files.readString(EXAMPLE);
    assertThat(page).contains(right);
    Files.createDirectories(file().getParent());
    Files.writeString(file(), page.replace(right, wrong));
    return Models.embedded().compile();
  }

  private void refused(String right, String wrong, String message) {
    assertThatThrownBy(() -> compiled(right, wrong))
        .hasMessageContaining(message)
        .hasMessageContaining(file() + ":");
  }

  @Test
  void theModelsOfTheProgramHaveItsTable() throws IOException {
    Graph graph = compiled("letter: bu", "letter: bu");
    assertThat(graph.isModel(BUDGETS)).isTrue();
    assertThat(graph.model(BUDGETS).contract().origin().file()).isEqualTo(file().toString());
    assertThat(graph.audits())
        .filteredOn(audit -> audit.name().equals("only_teams_have_team_id"))
        .singleElement()
        .satisfies(audit -> assertThat(audit.reads()).contains(BUDGETS));
    Files.delete(file());
    assertThat(Models.embedded().compile().isModel(BUDGETS)).isFalse();
  }

  @Test
  void aMistakeInItsQueryHasItsPlaceInTheFile() throws IOException {
    Model budgets = compiled("letter: bu", "letter: bu").model(BUDGETS);
    assertThat(budgets.template().place(12)).isEqualTo(budgets.contract().origin());
  }

  @Test
  void aTableThatExistsIsRefused() {
    refused(
        "table: statement_budgets",
        "table: statement_runs",
        "Cannot build models/reporting/statement_runs.sql: a page declares it too");
    refused(
        "table: statement_budgets",
        "table: statement_uses",
        "Cannot build reporting.statement_uses: it is declared twice, also at reports/pages/");
  }

  @Test
  void aNameThatIsNoTableIsRefused() {
    refused("table: statement_budgets", "table: Budgets!", "Cannot build the table 'Budgets!'");
  }

  @Test
  void aLetterOfAnotherTableIsRefused() {
    refused(
        "letter: bu",
        "letter: s",
        "its lines have the letter 's', which is that of reporting.statement_lines");
  }

  @Test
  void aRelationThatDoesNotExistIsRefused() {
    refused(
        "of: economics.receiver_costs",
        "of: economics.receiver_cost",
        "'economics.receiver_cost', which does not exist");
  }

  @Test
  void aPageThatWouldAppearInClosedMonthsIsRefused() {
    refused("appears: s.rows(\"budgets\") is not empty\n", "", "declares tables needs 'appears'");
  }
}
