package costlake.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import costlake.report.Chart.Axis;
import costlake.report.Chart.Box;
import costlake.report.Chart.Mark;
import costlake.report.Chart.Point;
import costlake.report.Scale.Span;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Draws the cost of each month as a stack of series. The last month is darker. */
final class HistoryChart {
  private static final int HEIGHT = 190;
  private static final int BOTTOM_MARGIN = 34;
  private static final int LABEL_ABOVE_EDGE = 18;
  private static final String OPACITY_BEFORE = "0.72";
  private static final int SERIES_NAME_MAX = 34;

  private final FigureFormat figures;
  private final StatementTexts words;

  HistoryChart(FigureFormat figures, StatementTexts words) {
    this.figures = figures;
    this.words = words;
  }

  /**
   * Returns the chart; null if there is no history.
   *
   * @param since first month that cannot be compared with earlier months; null when all months can
   *     be compared
   */
  @Nullable Chart chart(List<PrintedRow> rows, LocalDate current, @Nullable LocalDate since) {
    if (rows.isEmpty()) {
      return null;
    }
    TreeMap<LocalDate, List<PrintedRow>> months =
        rows.stream().collect(groupingBy(HistoryChart::month, TreeMap::new, toList()));
    Scale scale = scale(months.values());
    MonthColumns columns = new MonthColumns(List.copyOf(months.keySet()), current);
    return new Chart(
        HEIGHT,
        text(months, current),
        new Axis(Chart.coordinate(scale.y(0)), columns.turn(since), scale.grid(figures)),
        months.values().stream().flatMap(month -> stack(month, columns, scale)).toList(),
        List.of(),
        columns.labels(figures, HEIGHT - LABEL_ABOVE_EDGE),
        legend(rows));
  }

  private static LocalDate month(PrintedRow row) {
    return row.day("history_month");
  }

  private static BigDecimal cost(PrintedRow row) {
    return row.decimal("cost_shown");
  }

  private static Scale scale(Collection<List<PrintedRow>> months) {
    List<Span> spans = months.stream().map(HistoryChart::span).toList();
    return Scale.of(spans, Chart.TOP_MARGIN, HEIGHT - BOTTOM_MARGIN);
  }

  private static Span span(List<PrintedRow> rows) {
    return new Span(sum(rows, -1), sum(rows, 1));
  }

  private static double sum(List<PrintedRow> rows, int sign) {
    return rows.stream()
        .map(HistoryChart::cost)
        .filter(c -> c.signum() == sign)
        .mapToDouble(BigDecimal::doubleValue)
        .sum();
  }

  private String text(SortedMap<LocalDate, List<PrintedRow>> months, LocalDate current) {
    LocalDate first = months.firstKey();
    return words.say(
        "{0} to {1}; the last month came to {2}, the first to {3}",
        figures.month(first),
        figures.month(current),
        figures.whole(total(months.get(current))),
        figures.whole(total(months.get(first))));
  }

  private static @Nullable BigDecimal total(@Nullable List<PrintedRow> rows) {
    return rows == null
        ? null
        : rows.stream().map(HistoryChart::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  /** Stacks the parts of a month: charges upwards from zero, credits downwards. */
  private Stream<Mark> stack(List<PrintedRow> parts, MonthColumns columns, Scale scale) {
    List<Mark> marks = new ArrayList<>();
    double up = 0;
    double down = 0;
    for (PrintedRow part : parts) {
      double value = cost(part).doubleValue();
      Span span = value < 0 ? new Span(down, down + value) : new Span(up, up + value);
      marks.add(mark(part, columns, box(month(part), span, columns, scale)));
      up = Math.max(up, span.to());
      down = Math.min(down, span.to());
    }
    return marks.stream();
  }

  private static Box box(LocalDate month, Span span, MonthColumns columns, Scale scale) {
    Point corner = new Point(columns.barStart(month), scale.y(span.high()));
    return new Box(corner, columns.bar(), scale.y(span.low()) - corner.top());
  }

  private Mark mark(PrintedRow part, MonthColumns columns, Box box) {
    return Mark.unlabelled(
        box,
        ChartColours.category(part.text("series")),
        columns.isCurrent(month(part)) ? Chart.OPAQUE : OPACITY_BEFORE,
        figures.month(month(part))
            + ", "
            + words.use(part.text("series"))
            + " "
            + figures.money(cost(part)));
  }

  /** Returns the series in the order of their positions. */
  private List<Chart.Key> legend(List<PrintedRow> rows) {
    TreeMap<Integer, String> series = new TreeMap<>();
    rows.forEach(row -> series.put(row.number("series_position"), row.text("series")));
    return series.values().stream().map(this::key).toList();
  }

  private Chart.Key key(String series) {
    String shown = SafeNames.shorten(SafeNames.plain(words.use(series)), SERIES_NAME_MAX);
    return new Chart.Key(shown, ChartColours.category(series));
  }
}
