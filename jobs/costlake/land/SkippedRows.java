package costlake.land;

import costlake.core.Plural;
import costlake.land.read.FileSummary;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Says how many rows of a delivery a mapping left out, so that no cost leaves without a trace. */
final class SkippedRows {
  private SkippedRows() {}

  /** Returns one message for each condition that some rows met. */
  static Stream<String> notices(List<InspectedFile> files) {
    Map<String, FileSummary.RowsAndCost> skipped = new TreeMap<>();
    for (InspectedFile file : files) {
      file.facts()
          .skipped()
          .forEach((reason, some) -> skipped.merge(reason, some, FileSummary.RowsAndCost::plus));
    }
    return skipped.entrySet().stream()
        .map(
            entry ->
                "%s with a cost of %s left out by '%s' of the mapping"
                    .formatted(
                        Plural.of(entry.getValue().rows(), "row", "rows"),
                        entry.getValue().cost().toPlainString(),
                        entry.getKey()));
  }
}
