package costlake.land;

import costlake.core.Money;
import costlake.core.Plural;
import costlake.land.read.FileSummary;
import java.util.List;
import java.util.stream.Stream;

/** Says how many costs of a delivery were rounded, and by how much together. */
final class RoundedCosts {
  private RoundedCosts() {}

  static Stream<String> notices(List<InspectedFile> files) {
    return files.stream()
        .map(file -> file.facts().rounded())
        .reduce(FileSummary.RowsAndCost::plus)
        .filter(rounded -> rounded.rows() > 0)
        .map(RoundedCosts::message)
        .stream();
  }

  private static String message(FileSummary.RowsAndCost rounded) {
    return "%s more than %d digits after the point and %s rounded; delivered minus rounded is %s"
        .formatted(
            Plural.of(rounded.rows(), "cost has", "costs have"),
            Money.SCALE,
            rounded.rows() == 1 ? "was" : "were",
            rounded.cost().stripTrailingZeros().toPlainString());
  }
}
