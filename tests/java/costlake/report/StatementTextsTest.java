package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The German texts of statements. */
class StatementTextsTest {
  private static final Pattern IN_TEMPLATE = Pattern.compile("\\bt\\(\"([^\"]+)\"");
  private static final Pattern IN_JAVA = Pattern.compile("words\\s*\\.say\\(\\s*\"([^\"]+)\"");
  private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");
  private static final Pattern ARGUMENT = Pattern.compile("\\{\\d}");

  @Test
  void everyTextHasAGermanTranslation() throws IOException {
    List<String> texts = found(Path.of("reports"), ".peb", IN_TEMPLATE);
    assertThat(texts).contains("Why it changed").hasSizeGreaterThan(120);
    texts.addAll(found(Path.of("jobs/costlake/report"), ".java", IN_JAVA));
    assertThat(texts).contains("No charge names a service.");
    texts.addAll(titles());
    assertThat(texts).contains("How shared cost is split", "Lines by breakdown");
    texts.addAll(codes());
    assertThat(texts).contains("Node idle", "Monday");
    assertThat(german()).containsKeys(texts.toArray(String[]::new));
  }

  @Test
  void everyGermanTextBelongsToATextAndHasTheSameArguments() throws IOException {
    String sources =
        read(Path.of("reports"), ".peb")
            + read(Path.of("jobs/costlake/report"), ".java")
            + Stream.concat(titles().stream(), codes().stream())
                .map(text -> '"' + text + '"')
                .toList();
    german()
        .forEach(
            (english, german) -> {
              assertThat(sources).contains('"' + english + '"');
              assertThat(arguments(german)).as(english).isEqualTo(arguments(english));
            });
  }

  @Test
  void fillsArgumentsInTheOrderOfTheTranslation() {
    StatementTexts words = new StatementTexts(Locale.GERMANY);
    assertThat(
            words.say(
                "Write to {0} by {1}. Give the id, and say what is wrong: the owner, the amount, or"
                    + " the split.",
                "a@b", "{0}"))
        .startsWith("Schreiben Sie bis {0} an a@b, mit der Kennung");
    assertThat(words.kind("correction 2026-09")).isEqualTo("Berichtigung von 2026-09");
    assertThat(words.within("tax")).isEqualTo("Steuern");
    assertThat(words.use("Other")).as("the smallest uses of a month").isEqualTo("Übrige");
    assertThat(new StatementTexts(Locale.FRANCE).within("tax"))
        .as("English, because there are no French texts")
        .isEqualTo("tax");
  }

  /** Returns the titles of pages, and of sheets of workbooks. */
  private static List<String> titles() {
    StatementPages pages = StatementPages.embedded();
    return Stream.concat(
            pages.pages().stream().map(StatementPages.Page::title),
            Stream.concat(Stream.of(SheetWords.TOTALS), SheetTest.words()).map(SheetWords::title))
        .toList();
  }

  private static List<String> codes() {
    return CodeLists.names().stream()
        .flatMap(list -> CodeLists.of(list).values().stream())
        .distinct()
        .toList();
  }

  private static Map<String, String> german() throws IOException {
    try (InputStream in = Files.newInputStream(Path.of("reports/words_de.yml"))) {
      return new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
    }
  }

  private static Set<String> arguments(String text) {
    Set<String> arguments = new TreeSet<>();
    Matcher m = ARGUMENT.matcher(text);
    while (m.find()) {
      arguments.add(m.group());
    }
    return arguments;
  }

  private static List<String> found(Path folder, String suffix, Pattern pattern)
      throws IOException {
    List<String> found = new ArrayList<>();
    Matcher m = pattern.matcher(read(folder, suffix));
    while (m.find()) {
      found.add(m.group(1));
    }
    return found;
  }

  private static String read(Path folder, String suffix) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(suffix)).sorted().toList()) {
        all.append(Files.readString(file));
      }
    }
    return JOINED.matcher(all).replaceAll("");
  }

  @Test
  void namesADriverWithoutUnits() {
    assertThat(new StatementTexts(Locale.US).driver("cpu_hours (nobody had units: even)"))
        .isEqualTo("even parts: nobody had CPU-hours");
    assertThat(new StatementTexts(Locale.US).driver("cpu_hours")).isEqualTo("CPU-hours");
  }
}
