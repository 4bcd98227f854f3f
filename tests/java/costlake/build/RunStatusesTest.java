package costlake.build;

import static org.assertj.core.api.Assertions.assertThat;

import costlake.land.read.ReferenceCsv;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Checks the list of words that say how a run ended. */
class RunStatusesTest {
  private static final List<Map<String, String>> ROWS = ReferenceCsv.read("run_statuses");

  @Test
  void hasEachWordOnceInLowerCase() {
    assertThat(ROWS)
        .extracting(row -> ReferenceCsv.value(row, "word"))
        .doesNotHaveDuplicates()
        .allMatch(word -> word.matches("[a-z_]+"));
  }

  @Test
  void knowsTheStatusesOfTheTrackers() {
    Map<String, String> statuses =
        ROWS.stream()
            .collect(
                Collectors.toMap(
                    row -> ReferenceCsv.value(row, "word"),
                    row -> ReferenceCsv.value(row, "status"),
                    (one, other) -> one));
    assertThat(List.of("scheduled", "running", "finished", "failed", "killed"))
        .extracting(of(statuses))
        .containsExactly("running", "running", "completed", "failed", "stopped");
    assertThat(List.of("pending", "running", "finished", "failed", "crashed", "killed"))
        .extracting(of(statuses))
        .containsExactly("running", "running", "completed", "failed", "failed", "stopped");
  }

  private static Function<String, String> of(Map<String, String> statuses) {
    return word -> statuses.getOrDefault(word, "unknown");
  }
}
