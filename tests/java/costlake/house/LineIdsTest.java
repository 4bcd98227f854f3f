package costlake.house;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.report.StatementPages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that no two tables print lines with the same id: each uses letters of its own. */
class LineIdsTest {
  private static final Pattern LETTERS =
      Pattern.compile(
          "line_id\\(\"'(\\w+)'\"[,)]"
              + "|'letter', '(\\w+)'"
              + "|if\\([^()]*, '(\\w+)', '(\\w+)'\\) as letter");

  @Test
  void eachTableOfLinesHasItsOwnLetters() throws IOException {
    try (Stream<Path> models = Files.walk(Path.of("models"))) {
      List<String> letters =
          models
              .filter(file -> file.toString().endsWith(".sql"))
              .sorted()
              .flatMap(LineIdsTest::letters)
              .collect(Collectors.toCollection(ArrayList::new));
      StatementPages.embedded()
          .tables()
          .values()
          .forEach(table -> table.declared().ifPresent(rows -> letters.addAll(rows.letters())));
      assertThat(letters).contains("a", "b", "do", "j", "w", "x", "y").doesNotHaveDuplicates();
    }
  }

  private static Stream<String> letters(Path model) {
    return LETTERS
        .matcher(read(model))
        .results()
        .flatMap(found -> IntStream.rangeClosed(1, found.groupCount()).mapToObj(found::group))
        .filter(Objects::nonNull);
  }

  private static String read(Path model) {
    try {
      return Files.readString(model);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
