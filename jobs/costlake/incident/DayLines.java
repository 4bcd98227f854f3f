package costlake.incident;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The lines of a day by the series in which they count, and who pays for which resource. */
final class DayLines {
  private final Map<WatchedSeries, List<CostLine>> bySeries = new HashMap<>();
  private final Map<String, List<CostLine>> bySku = new HashMap<>();
  private final Payers payers;

  DayLines(List<CostLine> lines) {
    for (CostLine line : lines) {
      WatchedSeries.of(line)
          .forEach(series -> bySeries.computeIfAbsent(series, key -> new ArrayList<>()).add(line));
      if (line.isUsage()) {
        bySku.computeIfAbsent(WatchedSeries.skuId(line), key -> new ArrayList<>()).add(line);
      }
    }
    payers = Payers.of(lines);
  }

  Set<WatchedSeries> series() {
    return bySeries.keySet();
  }

  /**
   * Returns the lines that explain a series: for a price, those of the SKU with all commitments;
   * for new resources, those of the team.
   */
  List<CostLine> explaining(WatchedSeries series) {
    return switch (series.kind()) {
      case PRICE -> bySku.getOrDefault(series.id(), List.of());
      case RESOURCES -> lines(WatchedSeries.ofTeam(series.team()));
      default -> lines(series);
    };
  }

  private List<CostLine> lines(WatchedSeries series) {
    return bySeries.getOrDefault(series, List.of());
  }

  Payers payers() {
    return payers;
  }

  /** Returns the cost of a series, or its price. */
  double value(WatchedSeries series) {
    double sum = sum(lines(series).stream().map(CostLine::cost));
    return series.isPrice() ? sum / quantity(series) : sum;
  }

  /** Returns the quantity at a price; 1 for a cost. */
  double quantity(WatchedSeries series) {
    return series.isPrice()
        ? sum(lines(series).stream().map(line -> Objects.requireNonNull(line.quantity())))
        : 1;
  }

  private static double sum(Stream<BigDecimal> amounts) {
    return amounts.reduce(BigDecimal.ZERO, BigDecimal::add).doubleValue();
  }
}
