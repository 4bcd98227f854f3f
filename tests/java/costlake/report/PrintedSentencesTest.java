package costlake.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every number in a sentence is one of the statement's rows, and no sentence stands twice. */
class PrintedSentencesTest {
  static Stream<Statement> samples() {
    return Stream.of(
        Samples.plausible(),
        Samples.hostile(),
        Samples.single(),
        Samples.credits(),
        Samples.crowded(),
        Samples.company(),
        CommitmentSamples.commitments(),
        ServingSamples.serving());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everyNumberIsInARowAndNoSentenceStandsTwice(Statement statement) {
    for (Locale locale : List.of(Locale.US, Locale.GERMANY)) {
      assertThat(PrintedSentences.of(statement, locale).faults()).as(locale.toString()).isEmpty();
    }
  }

  @Test
  void findsANumberThatNoRowHas() {
    Statement statement = Samples.plausible();
    assertThat(faults(statement, "Up 31,640 against August 2026.")).isEmpty();
    assertThat(faults(statement, "Up 31,641 against August 2026."))
        .containsExactly("[31,641] in: Up 31,641 against August 2026.");
  }

  @Test
  void findsASentenceThatStandsTwice() {
    assertThat(faults(Samples.plausible(), "It rose.", "It fell.", "It rose."))
        .containsExactly("twice: It rose.");
  }

  private static List<String> faults(Statement statement, String... sentences) {
    return PrintedSentences.of(statement, Locale.US, sentences).faults();
  }
}
