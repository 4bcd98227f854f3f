package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import costlake.core.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The values that templates read by name. */
class TemplateValuesTest {
  private static final Pattern ADDED =
      Pattern.compile("values\\s*\\.add(?:Chart)?\\(\\s*\"(\\w+)\"");
  private static final Pattern READ = Pattern.compile("\\bpart\\.(\\w+)");

  private final List<String> made = new ArrayList<>();
  private final TemplateValues values =
      new TemplateValues(
          Samples.single(), new FigureFormat(Locale.US), new StatementTexts(Locale.US));

  private void add(String name, String value) {
    values.add(
        name,
        (statement, figures, words) -> {
          made.add(name);
          return value;
        });
  }

  @Test
  void aValueIsMadeOnceWhenItIsRead() {
    add("lede", "Up 5.");
    add("chart", null);
    assertThat(values).hasSize(2).containsKey("lede");
    assertThat(made).isEmpty();
    assertThat(values.get("lede")).isEqualTo("Up 5.");
    assertThat(values.get("lede")).isEqualTo("Up 5.");
    assertThat(values.get("chart")).isNull();
    assertThat(values.get("chart")).isNull();
    assertThat(made).containsExactly("lede", "chart");
  }

  @Test
  void aValueKnowsTheStatementAndTheLanguage() {
    values.add(
        "total",
        (statement, figures, words) ->
            words.say("Total") + " " + figures.money(statement.head().total()));
    values.set("number", 7);
    assertThat(values).containsEntry("total", "Total 0.07").containsEntry("number", 7).hasSize(2);
  }

  @Test
  void aChartIsDrawnForThePageAndForAPhone() {
    values.addChart("bars", (statement, figures, words, width) -> width);
    assertThat(values).containsEntry("bars", 680).containsEntry("narrow_bars", 340).hasSize(2);
  }

  @Test
  void aNameHasOneValue() {
    values.set("narrow_bars", 1);
    assertThatThrownBy(() -> values.addChart("bars", (statement, figures, words, width) -> width))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("Templates already have a value 'narrow_bars'");
  }

  @Test
  void aNameWithoutAValueIsUnknown() {
    assertThat(values.containsKey("bars")).isFalse();
    assertThat(values.get("bars")).isNull();
  }

  @Test
  void templatesReadEveryValue() throws IOException {
    Set<String> read = found(Path.of("reports"), ".peb", READ);
    Set<String> added = found(Path.of("jobs/costlake/report"), "Values.java", ADDED);
    assertThat(added).contains("training", "daily").isSubsetOf(read);
  }

  private static Set<String> found(Path folder, String ending, Pattern pattern) throws IOException {
    Set<String> found = new TreeSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(ending)).toList()) {
        pattern
            .matcher(Files.readString(file))
            .results()
            .map(TemplateValuesTest::name)
            .forEach(found::add);
      }
    }
    return found;
  }

  private static String name(MatchResult match) {
    return match.group(1);
  }
}
