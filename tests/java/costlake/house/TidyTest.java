package costlake.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** House rules that no compiler checks. */
class TidyTest {
  private static final int METHOD_LINES_MAX = 70;
  private static final int MODEL_LINES_MAX = 120;

  /** Known to be too long; the list may only shrink. */
  private static final java.util.Set<String> TOO_LONG =
      java.util.Set.of(
          "DuckPeer.java",
          "ConfFiles.java",
          "FocusCatalogue.java",
          "ParquetSink.java",
          "Charts.java");

  private static final String TEXT_BLOCK = "\"\"\"";

  private static final Pattern METHOD =
      Pattern.compile(
          "^  (?:@\\w+ )*(?:public |private |protected |static |final |synchronized )*[\\w<>\\[\\], ?.]+ \\w+\\([^;]*$");

  @Test
  void noMethodIsLongerThanSeventyLines() throws IOException {
    List<String> tooLong = new ArrayList<>();
    for (Path file : files("jobs", ".java")) {
      List<String> lines = Files.readAllLines(file);
      int start = -1;
      boolean inText = false;
      for (int i = 0; i < lines.size(); i++) {
        if (lines.get(i).contains(TEXT_BLOCK)) {
          inText = !inText;
        } else if (!inText && start < 0 && METHOD.matcher(lines.get(i)).find()) {
          start = i;
        } else if (start >= 0 && lines.get(i).equals("  }")) {
          if (i - start > METHOD_LINES_MAX && !TOO_LONG.contains(file.getFileName().toString())) {
            tooLong.add(file + ":" + (start + 1));
          }
          start = -1;
        }
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void moneyIsNeverADouble() throws IOException {
    Pattern money =
        Pattern.compile("(?i)\\b(double|float)\\s+\\w*(cost|amount|money|price|rate|budget)\\w*");
    assertThat(offending("jobs", ".java", money)).isEmpty();
  }

  @Test
  void noModelIsLongerThanItsPageNorEndsInAStar() throws IOException {
    List<Path> models = files("models", ".sql");
    assertThat(models).isNotEmpty();
    for (Path model : models) {
      assertThat(Files.readAllLines(model))
          .as(model.toString())
          .hasSizeLessThanOrEqualTo(MODEL_LINES_MAX);
    }
  }

  @Test
  void everyModelHasItsContractAndItsCases() throws IOException {
    for (Path model : files("models", ".sql")) {
      if (model.startsWith("models/macros") || model.startsWith("models/audits")) {
        continue;
      }
      String name = model.toString().replaceFirst("\\.sql$", ".yml");
      assertThat(Path.of(name)).exists();
      assertThat(Path.of("tests").resolve(name)).exists();
    }
  }

  @Test
  void nothingIsLeftToDo() throws IOException {
    Pattern leftover = Pattern.compile("\\b(TODO|FIXME|HACK)\\b|printStackTrace|@Disabled");
    assertThat(offending("jobs", ".java", leftover)).isEmpty();
    assertThat(offending("models", ".sql", leftover)).isEmpty();
  }

  @Test
  void noMockingLibrary() throws IOException {
    assertThat(Files.readString(Path.of("pom.xml")))
        .doesNotContain("mockito")
        .doesNotContain("easymock");
  }

  @Test
  void everyDecisionRecordIsNumberedAndDecided() throws IOException {
    List<Path> records = files("docs/adr", ".md");
    assertThat(records).isNotEmpty();
    for (Path record : records) {
      assertThat(record.getFileName().toString()).matches("\\d{4}-[a-z0-9-]+\\.md");
      assertThat(Files.readString(record)).startsWith("# ").contains("## Decision");
    }
  }

  private static List<String> offending(String folder, String suffix, Pattern pattern)
      throws IOException {
    List<String> found = new ArrayList<>();
    for (Path file : files(folder, suffix)) {
      List<String> lines = Files.readAllLines(file);
      for (int i = 0; i < lines.size(); i++) {
        if (pattern.matcher(lines.get(i)).find()) {
          found.add(file + ":" + (i + 1) + ": " + lines.get(i).strip());
        }
      }
    }
    return found;
  }

  private static List<Path> files(String folder, String suffix) throws IOException {
    try (Stream<Path> walk = Files.walk(Path.of(folder))) {
      return walk.filter(p -> p.toString().endsWith(suffix)).sorted().toList();
    }
  }
}
