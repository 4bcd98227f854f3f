package costlake.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Checks what decides how the files of a source are read. */
class ReadingFactsTest {
  private static final SourceSettings.Key AWS = new SourceSettings.Key("payer", "aws-cur");

  @Test
  void theyAreTheCodeTheKindAndTheSettings() {
    SourceSettings settings =
        new SourceSettings(
            null, null, null, null, Map.of("line_item_usage_start_date", "Start"), null);
    assertThat(ReadingFacts.of(AWS, settings))
        .containsOnlyKeys("code number", "kind aws-cur", "source payer aws-cur")
        .containsEntry("source payer aws-cur", settings.text())
        .isNotEqualTo(ReadingFacts.of(AWS, SourceSettings.NONE));
  }

  @Test
  void theSeriesAndTheDatasetsOfAKindDecideHowItIsRead() {
    Set<String> digests = new HashSet<>();
    for (List<String> series : List.of(List.of("k8s"), List.<String>of())) {
      for (boolean hasDatasets : List.of(true, false)) {
        digests.add(ReadingFacts.digest(kind(series, hasDatasets)));
      }
    }
    assertThat(digests).hasSize(4);
  }

  private static SourceKind kind(List<String> series, boolean hasDatasets) {
    return new SourceKind(
        "own",
        "an own kind",
        SourceKind.Family.BILL,
        SourceKind.Period.MONTH,
        null,
        null,
        List.of(),
        series,
        null,
        null,
        hasDatasets,
        Map.of(),
        null,
        false,
        SourceGuide.NONE);
  }
}
