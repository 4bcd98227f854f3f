package costlake.report;

import costlake.report.Chart.Axis;
import costlake.report.Chart.Mark;
import costlake.report.Chart.Point;
import costlake.report.Scale.Span;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Draws what a million tokens cost in each month: the allocation basis as a wide bar, the usage
 * basis as a narrow bar inside.
 */
final class TokenCostChart {
  private static final int HEIGHT = 170;
  private static final int BOTTOM_MARGIN = 34;
  private static final int LABEL_ABOVE_EDGE = 18;
  private static final double NARROW = 0.4;
  private static final String ALLOCATION = "cost_per_million_tokens";
  private static final String USAGE = "usage_cost_per_million_tokens";

  private final FigureFormat figures;
  private final StatementTexts words;

  TokenCostChart(FigureFormat figures, StatementTexts words) {
    this.figures = figures;
    this.words = words;
  }

  /** Returns the chart; null if no month has a cost of tokens. */
  @Nullable Chart chart(List<PrintedRow> rows, LocalDate current) {
    List<PrintedRow> priced =
        rows.stream().filter(row -> row.decimalOrNull(ALLOCATION) != null).toList();
    if (priced.isEmpty()) {
      return null;
    }
    Scale scale =
        Scale.of(
            priced.stream().map(row -> new Span(0, height(row, ALLOCATION))).toList(),
            Chart.TOP_MARGIN,
            HEIGHT - BOTTOM_MARGIN);
    MonthColumns columns =
        new MonthColumns(rows.stream().map(TokenCostChart::month).toList(), current);
    return new Chart(
        HEIGHT,
        text(priced),
        new Axis(Chart.coordinate(scale.y(0)), null, scale.grid(figures)),
        priced.stream().flatMap(row -> bars(row, columns, scale)).toList(),
        List.of(),
        columns.labels(figures, HEIGHT - LABEL_ABOVE_EDGE),
        legend());
  }

  private static LocalDate month(PrintedRow row) {
    return row.day("history_month");
  }

  private static double height(PrintedRow row, String column) {
    BigDecimal cost = row.decimalOrNull(column);
    return cost == null ? 0 : cost.doubleValue();
  }

  private Stream<Mark> bars(PrintedRow row, MonthColumns columns, Scale scale) {
    return Stream.of(
            bar(row, ALLOCATION, 1, ChartColours.ALLOCATED, columns, scale),
            bar(row, USAGE, NARROW, ChartColours.ACTIVE, columns, scale))
        .filter(Objects::nonNull);
  }

  private @Nullable Mark bar(
      PrintedRow row, String column, double part, String fill, MonthColumns columns, Scale scale) {
    BigDecimal cost = row.decimalOrNull(column);
    if (cost == null) {
      return null;
    }
    double width = columns.bar() * part;
    double top = scale.y(cost.doubleValue());
    Point corner = new Point(columns.barMiddle(month(row)) - width / 2, top);
    String title = figures.month(month(row)) + ", " + figures.price(cost);
    return Mark.unlabelled(
        new Chart.Box(corner, width, scale.y(0) - top), fill, Chart.OPAQUE, title);
  }

  private List<Chart.Key> legend() {
    return List.of(
        new Chart.Key(words.say("allocation: with idle and shared cost"), ChartColours.ALLOCATED),
        new Chart.Key(words.say("usage: without (narrow)"), ChartColours.ACTIVE));
  }

  private String text(List<PrintedRow> priced) {
    PrintedRow last = priced.get(priced.size() - 1);
    return words.say(
        "A million tokens cost {0} in {1}, {2} of it used",
        figures.price(last.decimal(ALLOCATION)),
        figures.month(month(last)),
        figures.price(last.decimalOrNull(USAGE)));
  }
}
