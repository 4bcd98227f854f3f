package costlake.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks which subjects of the layer economics may read which. */
class SubjectsTest {
  private static final Path LAYER = Path.of("models/economics");
  private static final Pattern SUBJECT = Pattern.compile("(?m)^\\| `(\\w+)` \\|");

  private final List<String> subjects = new ArrayList<>();
  private final Graph graph = Models.below(Path.of(".")).compile();

  SubjectsTest() throws IOException {
    SUBJECT
        .matcher(Files.readString(LAYER.resolve("README.md")))
        .results()
        .forEach(line -> subjects.add(line.group(1)));
  }

  @Test
  void everyModelIsInAListedSubject() throws IOException {
    try (Stream<Path> files = Files.list(LAYER)) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(f -> !f.endsWith(".md")))
          .containsExactlyInAnyOrderElementsOf(subjects);
    }
  }

  @Test
  void aSubjectReadsItselfAndThoseAboveIt() {
    assertThat(readsOfLaterSubjects()).isEmpty();
    Collections.reverse(subjects);
    assertThat(readsOfLaterSubjects())
        .contains("economics.receiver_run_costs -> economics.receivers");
  }

  private List<String> readsOfLaterSubjects() {
    List<String> found = new ArrayList<>();
    for (Model model : graph.order()) {
      model.models().stream()
          .filter(read -> rank(model) >= 0 && rank(graph.model(read)) > rank(model))
          .forEach(read -> found.add(model.name() + " -> " + read));
    }
    return found;
  }

  /** Returns the place of the subject of a model in the list; -1 for models of other layers. */
  private int rank(Model model) {
    return subjects.indexOf(Path.of(model.template().path()).getName(2).toString());
  }
}
