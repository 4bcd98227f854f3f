package costlake.cli;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.testing.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the cases of the page of docs/adding-a-page.md in a folder of a user. */
class CasesCommandTest {
  private static final Path EXAMPLE = Path.of("tests/java/reports/made_up");
  private static final String CASES = "tests/models/reporting/statement_budgets.yml";

  @TempDir Path dir;

  private void write(String file, String text) throws IOException {
    Path path = conf().resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
  }

  private void addPage() throws IOException {
    write("reports/pages/budgets.yml", Files.readString(EXAMPLE.resolve("budgets.yml")));
    write("reports/pages/budgets.peb", "<h1 id=\"{{ page.id }}\">Budgets</h1>");
  }

  private Path conf() {
    return dir.resolve("conf");
  }

  private String run(int code, String... models) throws Exception {
    Path log = dir.resolve("log");
    int exited =
        JavaProcess.of(Main.class, "700m")
            .arguments("cases", "--conf", conf().toString())
            .arguments(models)
            .exitCode(log);
    assertThat(exited).as(Files.readString(log)).isEqualTo(code);
    return Files.readString(log);
  }

  @Test
  void printsALineForEachCaseAndFailsIfOneDoes() throws Exception {
    addPage();
    String cases = Files.readString(EXAMPLE.resolve("statement_budgets_cases.yml"));
    write(CASES, cases);
    assertThat(run(0))
        .contains("ok      reporting.statement_budgets theBudgetOfAProjectIsItsCostRoundedUp");
    write(CASES, cases.replace("'1300.00'", "'1200.00'"));
    assertThat(run(3, "reporting.statement_b"))
        .contains("failed  reporting.statement_budgets", "(" + CASES + ":", "1 of 1 case failed")
        .contains("1200");
    assertThat(run(2, "reporting.statement_c"))
        .contains("Cannot find a case of 'reporting.statement_c'");
    assertThat(dir.resolve("lake")).doesNotExist();
  }

  @Test
  void saysWhereToWriteACaseIfThereIsNone() throws Exception {
    addPage();
    assertThat(run(2)).contains("Cannot find a case: write it into " + conf() + "/tests/models/");
  }

  @Test
  void casesOfATableThatNoPageDeclaresAreRefused() throws Exception {
    write(CASES, Files.readString(EXAMPLE.resolve("statement_budgets_cases.yml")));
    assertThat(run(2)).contains("Cannot run the cases of " + CASES);
  }
}
