package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import costlake.core.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Past editions of the pages, whose statements print as they were sent. */
class EditionTest {
  private static final StatementStatus TODAY = StatementStatus.preliminary(7);
  private static final StatementStatus FIRST = TODAY.inEdition(1);

  /**
   * SHA-256 of what the edition prints on paper and, without its style, on the web. If a change of
   * today's templates or of a sentence breaks this, copy what the edition had to {@code
   * reports/editions/1} first.
   */
  private static final Map<String, String> SENT =
      Map.of(
          "en-US",
          "27fe53f9f9900a62008631edc87004ab17323721f0c53578b74485913e6257d5",
          "de-DE",
          "bad1723ac0d57c61bea6a869479c6ddc651b00856338e8eb2d34e805652d1b91");

  private static List<Statement> samples() {
    return List.of(
        Samples.plausible(),
        Samples.hostile(),
        Samples.single(),
        Samples.company(),
        ServingSamples.serving(),
        CommitmentSamples.commitments());
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-DE"})
  void statementsOfAPastEditionPrintAsTheyWereSent(String language) {
    assertThat(hash(Locale.forLanguageTag(language))).isEqualTo(SENT.get(language));
  }

  static String hash(Locale locale) {
    Pages pages = new Pages(StatementPages.embedded(), locale);
    StringBuilder all = new StringBuilder();
    for (Statement statement : samples()) {
      all.append(pages.print(List.of(statement), FIRST))
          .append(pages.web(List.of(statement), FIRST).replaceAll("(?s)<style>.*?</style>", ""));
    }
    byte[] bytes = all.toString().getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(Sha256.digest().digest(bytes));
  }

  @Test
  void aPastEditionHasItsPagesInTheirOrder() {
    String first = new Pages(StatementPages.embedded(), Locale.US).print(samples(), FIRST);
    assertThat(first)
        .containsSubsequence(
            "<bookmark name=\"Summary",
            "<bookmark name=\"How the total came about",
            "<bookmark name=\"Where it went",
            "<bookmark name=\"Why it changed",
            "<bookmark name=\"Accelerators");
  }

  @Test
  void anEditionOfALaterVersionIsRefused() {
    assertThatThrownBy(
            () ->
                new Pages(StatementPages.embedded(), Locale.US)
                    .web(List.of(Samples.single()), TODAY.inEdition(99)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("reports/editions/99/pages.yml is missing");
  }

  @Test
  void templatesOfTodayHaveNoConditionOnEditions() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("reports"))) {
      List<Path> templates = files.filter(file -> file.toString().endsWith(".peb")).toList();
      assertThat(templates).hasSizeGreaterThan(30);
      for (Path template : templates) {
        assertThat(Files.readString(template)).as("%s", template).doesNotContain("edition");
      }
    }
  }
}
