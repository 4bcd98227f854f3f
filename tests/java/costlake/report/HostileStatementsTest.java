package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Statements of real companies on paper and on the web, in both languages. */
class HostileStatementsTest {
  private static final List<Locale> LOCALES = List.of(Locale.US, Locale.GERMANY);
  private static final int ROWS = 120;

  /** Breakdowns that paper prints, with the first letters of the ids of their lines. */
  private static final Map<String, String> PRINTED = Map.of("bridge", "b", "project", "p");

  private static final Map<String, List<Statement>> CASES =
      new TreeMap<>(
          Map.of(
              "two hundred projects", List.of(Samples.crowded()),
              "long names", List.of(HostileSamples.longNames()),
              "one line", List.of(Samples.single()),
              "only credits", List.of(Samples.credits()),
              "four currencies", HostileSamples.fourCurrencies(),
              "right to left", List.of(HostileSamples.rightToLeft()),
              "a long table", List.of(HostileSamples.longTable(ROWS)),
              "malicious names", List.of(Samples.hostile())));

  private static final Map<String, PrintedPaper> READ = new HashMap<>();

  static Stream<Arguments> cases() {
    return CASES.keySet().stream()
        .flatMap(name -> LOCALES.stream().map(locale -> Arguments.of(name, locale)));
  }

  private static byte[] pdf(List<Statement> parts, Locale locale) {
    return document(parts, locale).pdf();
  }

  private static StatementDocument document(List<Statement> parts, Locale locale) {
    return new Statements(locale)
        .document(new StatementContent(parts, List.of()), StatementStatus.preliminary(7));
  }

  private static PrintedPaper paper(String name, Locale locale) {
    return READ.computeIfAbsent(
        name + locale,
        key -> {
          try {
            return PrintedPaper.of(pdf(CASES.get(name), locale), locale);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyLetterIsBetweenTheMarginsAndNoneIsOverAnother(String name, Locale locale) {
    assertThat(paper(name, locale).outside()).isEmpty();
    assertThat(paper(name, locale).overprinted()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theTotalsAndTheLinesOnPaperAreThoseOfTheTables(String name, Locale locale) {
    PrintedPaper paper = paper(name, locale);
    List<Statement> parts = CASES.get(name);
    assertThat(paper.totals())
        .containsSubsequence(
            parts.stream()
                .map(part -> part.head().currency() + " " + part.head().total())
                .toList());
    PRINTED.forEach(
        (breakdown, letter) ->
            assertThat(paper.lines().stream().filter(line -> line.isOf(letter)))
                .as(breakdown)
                .extracting(PrintedPaper.Line::money)
                .containsExactlyElementsOf(costs(parts, breakdown)));
  }

  private static List<BigDecimal> costs(List<Statement> parts, String breakdown) {
    return parts.stream()
        .filter(part -> !part.lines(breakdown).isEmpty())
        .peek(
            part ->
                assertThat(HostileSamples.sum(part, breakdown))
                    .isEqualByComparingTo(part.head().total()))
        .flatMap(part -> part.lines(breakdown).stream())
        .map(line -> line.decimal("cost_shown"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void nothingIsPrintedAsAProgramWritesIt(String name, Locale locale) {
    String web =
        new String(document(CASES.get(name), locale).html(), StandardCharsets.UTF_8)
            .replaceAll("(?s)<(style|script)>.*?</\\1>", " ")
            .replaceAll("<[^>]*>", " ");
    for (String text : List.of(paper(name, locale).text(), web)) {
      assertThat(text.replaceAll("(nicht|von) null", "zero"))
          .doesNotContain("NaN", "null", "Infinity")
          .doesNotContainPattern("[-−]0[.,]0+(?!\\d)")
          .doesNotContainPattern("\\d[eE][+-]?\\d+(?![\\w-])");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aGermanStatementHasNoEnglishWords(String name, Locale locale) throws IOException {
    Set<String> english = english();
    assertThat(english)
        .hasSizeGreaterThan(200)
        .contains("Why and where", "each bar begins where the one above ends");
    String text = paper(name, locale).text();
    Predicate<String> printed =
        part -> Pattern.compile("\\b" + Pattern.quote(part) + "\\b").matcher(text).find();
    if (locale.equals(Locale.GERMANY)) {
      assertThat(english).noneMatch(printed);
    } else {
      assertThat(english).filteredOn(printed).hasSizeGreaterThan(10);
    }
  }

  /** Returns the parts of English texts, between their arguments, that no German text has. */
  private static Set<String> english() throws IOException {
    Map<String, String> words;
    try (InputStream in = Files.newInputStream(Path.of("reports/words_de.yml"))) {
      words = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
    }
    String german = String.join("\n", words.values());
    return words.keySet().stream()
        .flatMap(text -> Stream.of(text.split("\\{\\d}|[;:,.]")))
        .map(String::strip)
        .filter(part -> part.contains(" ") && !german.contains(part))
        .collect(Collectors.toSet());
  }

  @Test
  void tenOfTwoHundredProjectsAreNamedAndTheOthersAreOneLine() {
    for (Locale locale : LOCALES) {
      String rest = new StatementTexts(locale).say("Everything else ({0})", 190);
      assertThat(paper("two hundred projects", locale).text())
          .contains("project-001", "project-010", rest)
          .doesNotContain("project-011");
    }
  }

  @Test
  void aLongNameIsCutInTheMiddleAndWholeInTheAppendix() {
    for (Locale locale : LOCALES) {
      String text = paper("long names", locale).text();
      String heading = new StatementTexts(locale).say("Names in full");
      String appendix = text.substring(text.lastIndexOf(heading)).replace(" ", "");
      assertThat(text.substring(0, text.lastIndexOf(heading)))
          .contains("demand_", "…")
          .containsPattern("demand_\\S*…\\S*001 ");
      for (int name : List.of(1, 5, 100, 101)) {
        assertThat(appendix).contains(HostileSamples.longName(name));
      }
    }
  }

  @Test
  void aNameThatFitsItsColumnIsNotRepeated() {
    String text = paper("two hundred projects", Locale.US).text();
    assertThat(text).doesNotContain("Names in full");
  }

  @Test
  void aMonthOfOnlyCreditsHasATotalBelowZero() {
    assertThat(paper("only credits", Locale.US).totals()).startsWith("USD -1250.00");
    assertThat(paper("only credits", Locale.GERMANY).text()).contains("USD −1.250,00");
  }

  @Test
  void namesFromRightToLeftAreReadAsTheyAreWritten() {
    for (Locale locale : LOCALES) {
      assertThat(paper("right to left", locale).text())
          .contains(HostileSamples.HEBREW, HostileSamples.ARABIC)
          .doesNotContain("□");
    }
  }

  /** The letter that is read first is the rightmost. */
  @Test
  void theFirstLetterOfAHebrewNameIsItsRightmost() {
    PrintedPaper paper = paper("right to left", Locale.US);
    PrintedPaper.Letter first = paper.letters(HostileSamples.HEBREW.substring(0, 1)).get(0);
    PrintedPaper.Letter third = paper.letters(HostileSamples.HEBREW.substring(2, 3)).get(0);
    assertThat(first.left()).isGreaterThan(third.left());
  }

  @Test
  void aTableOverSheetsRepeatsItsHeadAndLeavesNoRowAlone() {
    for (Locale locale : LOCALES) {
      PrintedPaper paper = paper("a long table", locale);
      Map<Integer, Long> rows =
          paper.sheetsOf("s").stream()
              .collect(Collectors.groupingBy(sheet -> sheet, TreeMap::new, Collectors.counting()));
      assertThat(rows).as("sheets of the table").hasSizeGreaterThan(2);
      assertThat(rows.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(ROWS);
      assertThat(rows.values()).allMatch(count -> count > 1);
      String head = new StatementTexts(locale).say("split by");
      assertThat(rows.keySet())
          .allSatisfy(sheet -> assertThat(paper.sheets().get(sheet - 1)).contains(head));
    }
  }

  /** Also if one row more than a sheet has room for. */
  @Test
  void noTableEndsWithARowAlone() throws IOException {
    int onFirst = onTheSheetOf(0, paper("a long table", Locale.US).sheetsOf("s"));
    for (int rows : IntStream.rangeClosed(onFirst - 2, onFirst + 3).toArray()) {
      List<Statement> parts = List.of(HostileSamples.longTable(rows));
      List<Integer> sheets = PrintedPaper.of(pdf(parts, Locale.US), Locale.US).sheetsOf("s");
      assertThat(sheets).hasSize(rows);
      assertThat(onTheSheetOf(rows - 1, sheets)).as("%s rows", rows).isGreaterThan(1);
    }
  }

  private static int onTheSheetOf(int row, List<Integer> sheets) {
    return Collections.frequency(sheets, sheets.get(row));
  }
}
