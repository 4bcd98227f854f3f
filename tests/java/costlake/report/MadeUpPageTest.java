package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.build.CaseRunner;
import costlake.build.Functions;
import costlake.core.OwnFiles;
import costlake.model.Graph;
import costlake.model.Model;
import costlake.model.ModelCase;
import costlake.model.Models;
import costlake.model.RelationName;
import costlake.testing.SparkHarness;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The made-up page of docs/adding-a-page.md, {@code tests/java/reports/made_up}: a page of a user
 * that has a table, a sentence and a chart of its own. Nothing of the program knows it.
 */
class MadeUpPageTest {
  private static final Path FILES = Path.of("tests/java/reports/made_up");

  @TempDir Path dir;

  private final @Nullable String before = System.getProperty(OwnFiles.PROPERTY);

  @BeforeEach
  void addPage() throws IOException {
    copy("budgets.yml", "reports/pages/budgets.yml");
    copy("budgets.peb", "reports/pages/budgets.peb");
    copy("words_de.yml", "reports/words_de.yml");
    OwnFiles.use(dir);
  }

  @AfterEach
  void forgetFolder() {
    if (before == null) {
      System.clearProperty(OwnFiles.PROPERTY);
    } else {
      System.setProperty(OwnFiles.PROPERTY, before);
    }
  }

  private void copy(String file, String to) throws IOException {
    Path target = dir.resolve(to);
    Files.createDirectories(target.getParent());
    Files.copy(FILES.resolve(file), target);
  }

  private static Statement statement() {
    Statement single = Samples.single();
    Map<String, List<PrintedRow>> tables = new LinkedHashMap<>(single.tables());
    tables.put("budgets", List.of(budget(1, "Serving", "40.00"), budget(2, "Training", "1250.50")));
    return new Statement(single.head(), tables);
  }

  private static PrintedRow budget(int position, String name, String money) {
    return PrintedRow.of(
        Map.of(
            "position",
            position,
            "line_id",
            "2026-09/tiny/USD/bu-0" + position,
            "budget_name",
            name,
            "budget_shown",
            new BigDecimal(money)));
  }

  private static Pages pages(Locale locale) {
    return new Pages(StatementPages.embedded(), locale);
  }

  private static String web(Locale locale) {
    return pages(locale).web(List.of(statement()), StatementStatus.preliminary(1));
  }

  private static String page(String html) {
    return html.substring(html.indexOf("<h1 id=\"budgets-USD\">"), html.indexOf(">Definitions"));
  }

  @Test
  void itPrintsItsRowsItsSentenceAndItsChart() {
    assertThat(page(web(Locale.US)))
        .contains("<p class=\"lede\">The largest budget is that of Training: 1,250.50.</p>")
        .contains("<tr id=\"2026-09/tiny/USD/bu-02\">")
        .contains("aria-label=\"Serving 40, Training 1,251\"")
        .containsSubsequence("chart broad", "viewBox=\"0 0 680 40\"", "width=\"340.0\"")
        .containsSubsequence("chart narrow", "viewBox=\"0 0 340 40\"", "width=\"170.0\"");
  }

  @Test
  void paperHasTheChartOnce() {
    String paper = pages(Locale.US).print(List.of(statement()), StatementStatus.preliminary(1));
    assertThat(page(paper)).containsOnlyOnce("<svg").contains("chart broad");
  }

  @Test
  void itsSentenceIsTranslated() {
    assertThat(web(Locale.GERMANY)).contains("Das größte Budget ist das von Training: 1.250,50.");
  }

  @Test
  void aTemplateThatReadsAValueWhichNoPageHasFails() throws IOException {
    Path template = dir.resolve("reports/pages/budgets.peb");
    Files.writeString(
        template, Files.readString(template).replace("part.budgets.lede", "part.budget.lede"));
    assertThatThrownBy(() -> web(Locale.US))
        .hasMessageContaining(
            "Attribute [budget] of [costlake.report.TemplateValues] does not exist")
        .hasMessageContaining("pages/budgets:2");
  }

  @Test
  void theGuideShowsItsFiles() throws IOException {
    String guide = Files.readString(Path.of("docs/adding-a-page.md"));
    try (Stream<Path> files = Files.list(FILES)) {
      for (Path file : files.toList()) {
        assertThat(guide).contains(Files.readString(file));
      }
    }
    assertThat(guide)
        .contains(Files.readString(Path.of("tests/java/costlake/report/BudgetValues.java")));
  }

  @Test
  void itsCasesHold() throws IOException {
    Path root = dir.resolve("copy");
    for (String folder : List.of("models", "sources", "tests/models", "reports/pages")) {
      copyAll(Path.of(folder), root.resolve(folder));
    }
    copy("budgets.yml", "copy/reports/pages/budgets.yml");
    copy("statement_budgets_cases.yml", "copy/tests/models/reporting/statement_budgets.yml");
    Graph graph = Models.below(root).compile();
    Functions.register(SparkHarness.spark());
    Model budgets = graph.model(RelationName.parse("reporting.statement_budgets"));
    CaseRunner runner = new CaseRunner(SparkHarness.spark(), graph);
    assertThat(budgets.cases()).isNotEmpty();
    for (ModelCase one : budgets.cases()) {
      assertThat(runner.run(budgets, one)).as(one.name()).isEmpty();
    }
  }

  private static void copyAll(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = to.resolve(from.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }
}
