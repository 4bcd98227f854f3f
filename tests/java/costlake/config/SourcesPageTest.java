package costlake.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The docs list the kinds of sources that exist, with what their guides say. */
class SourcesPageTest {
  private static List<String> lines(String page) throws IOException {
    return Files.readAllLines(Path.of(page));
  }

  /** The kinds that are delivered; those of tests have their folders elsewhere. */
  private static List<SourceKind> kinds() {
    return SourceKinds.all().stream()
        .filter(kind -> Files.isDirectory(Path.of(kind.folder())))
        .toList();
  }

  @Test
  void thePageListsEachKindWithWhatItAnswersAndNeeds() throws IOException {
    List<String> rows =
        lines("docs/sources.md").stream().filter(line -> line.startsWith("| [")).sorted().toList();
    assertThat(rows).hasSameSizeAs(kinds());
    assertThat(kinds())
        .allSatisfy(
            kind ->
                assertThat(rows)
                    .filteredOn(row -> row.startsWith("| [" + kind.id() + "]("))
                    .singleElement()
                    .satisfies(row -> saysWhatTheGuideSays(row, kind)));
  }

  private static void saysWhatTheGuideSays(String row, SourceKind kind) {
    assertThat(row)
        .contains("| " + kind.guide().answers() + " |")
        .endsWith(isRecognised(kind) ? "| yes |" : "|  |");
    assertThat(kind.guide().needs()).allSatisfy(need -> assertThat(row).contains(need));
  }

  private static boolean isRecognised(SourceKind kind) {
    return kind.isTelemetry()
        || (kind.isBill() && !kind.isMapped())
        || !kind.guide().files().isEmpty()
        || kind.relations().stream().anyMatch(relation -> !relation.foundBy().isEmpty());
  }

  @Test
  void theReadmeNamesAllKindsOfTelemetryAndRecords() throws IOException {
    String row =
        lines("README.md").stream()
            .filter(line -> line.startsWith("| Telemetry |"))
            .findFirst()
            .orElseThrow();
    assertThat(kinds())
        .filteredOn(kind -> kind.isTelemetry() || kind.isRecords())
        .isNotEmpty()
        .allSatisfy(kind -> assertThat(row).contains("(sources/" + kind.id() + "/README.md)"));
  }
}
