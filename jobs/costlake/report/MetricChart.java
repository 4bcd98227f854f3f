package costlake.report;

import costlake.report.Chart.Grid;
import costlake.report.Chart.Label;
import costlake.report.Chart.Point;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Draws runs by what they cost and the metric that they reached. */
final class MetricChart {
  private static final double LEFT = 64;
  private static final double RIGHT_MARGIN = 24;
  private static final double TOP = 16;
  private static final double BOTTOM = 176;
  private static final int HEIGHT = 206;
  private static final int NAME_MAX = 34;
  private static final int SHORT_NAME_MAX = 18;
  private static final double TURN_LABEL = 0.7;
  private static final double TURN_SHORT_LABEL = 0.5;

  private final FigureFormat figures;
  private final StatementTexts words;
  private final int width;

  MetricChart(FigureFormat figures, StatementTexts words, int width) {
    this.figures = figures;
    this.words = words;
    this.width = width;
  }

  /**
   * The chart.
   *
   * @param width width of the drawing: {@link Chart#WIDTH}, or {@link Chart#NARROW} for a phone
   * @param text the finding in words
   * @param axis name of the metric, with the direction that is better
   * @param grid values of the metric
   * @param costs values of the cost axis
   * @param dots runs
   */
  record Scatter(
      int width, String text, String axis, List<Grid> grid, List<Label> costs, List<Dot> dots) {
    public int height() {
      return HEIGHT;
    }

    public String left() {
      return Chart.coordinate(LEFT);
    }

    public String base() {
      return Chart.coordinate(BOTTOM);
    }
  }

  /**
   * A run.
   *
   * @param completed whether its last attempt completed; other runs are hollow
   * @param label its name, if it is the best or the most expensive run; else empty
   * @param anchor side of the label, as SVG names it
   */
  record Dot(Point at, boolean completed, String title, Label label, String anchor) {}

  /** Returns the chart; null for fewer than two runs, which show no relation. */
  @Nullable Scatter chart(List<PrintedRow> runs) {
    if (runs.size() < 2) {
      return null;
    }
    PrintedRow best = best(runs);
    PrintedRow dearest = runs.get(0);
    Scale costs = Scale.of(runs.stream().map(MetricChart::span).toList(), LEFT, right());
    Values values = Values.of(runs);
    return new Scatter(
        width,
        text(best, dearest),
        axis(best),
        grid(values),
        costs.grid(figures).stream().map(line -> label(line, costs)).toList(),
        runs.stream()
            .map(run -> dot(run, costs, values, run.equals(best) || run.equals(dearest)))
            .toList());
  }

  private double right() {
    return width - RIGHT_MARGIN;
  }

  private boolean isNarrow() {
    return width == Chart.NARROW;
  }

  private static Scale.Span span(PrintedRow run) {
    return new Scale.Span(0, cost(run).doubleValue());
  }

  private static BigDecimal cost(PrintedRow run) {
    return run.decimal("cost_to_date_shown");
  }

  private static double value(PrintedRow run) {
    return run.decimal("metric_value").doubleValue();
  }

  private static boolean lowerIsBetter(PrintedRow run) {
    return "lower".equals(run.textOrNull("metric_better"));
  }

  /** Returns the run with the best value; of several, the cheapest. */
  private static PrintedRow best(List<PrintedRow> runs) {
    Comparator<PrintedRow> byValue = Comparator.comparing(run -> run.decimal("metric_value"));
    return runs.stream()
        .min(
            (lowerIsBetter(runs.get(0)) ? byValue : byValue.reversed())
                .thenComparing(MetricChart::cost))
        .orElseThrow();
  }

  /** The vertical scale: the range of the values, which need not contain zero. */
  private record Values(double low, double high) {
    private static final int LINES = 3;

    static Values of(List<PrintedRow> runs) {
      double low = runs.stream().mapToDouble(MetricChart::value).min().orElse(0);
      double high = runs.stream().mapToDouble(MetricChart::value).max().orElse(1);
      double space = high > low ? (high - low) * 0.12 : Math.max(Math.abs(high) * 0.1, 0.01);
      return new Values(low - space, high + space);
    }

    double y(double value) {
      return BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP);
    }

    List<BigDecimal> lines() {
      return Stream.iterate(0, i -> i < LINES, i -> i + 1)
          .map(i -> low + (high - low) * (i * 2 + 1) / (LINES * 2))
          .map(value -> rounded(value, (high - low) / LINES))
          .toList();
    }

    /** Rounds to the digits that tell two lines apart. */
    private static BigDecimal rounded(double value, double step) {
      int digits = Math.max(0, 1 - (int) Math.floor(Math.log10(step)));
      return BigDecimal.valueOf(value).setScale(digits, RoundingMode.HALF_UP);
    }
  }

  private List<Grid> grid(Values values) {
    return values.lines().stream()
        .map(value -> Grid.of(figures.digits(value), values.y(value.doubleValue()), 3))
        .toList();
  }

  /** A label below the axis of cost, at the place that the vertical scale gives for its value. */
  private static Label label(Grid line, Scale costs) {
    double x = costs.top() + costs.bottom() - Double.parseDouble(line.y());
    return new Label(line.label(), "", new Point(x, BOTTOM + 14), false);
  }

  private Dot dot(PrintedRow run, Scale costs, Values values, boolean named) {
    double x = costs.top() + costs.bottom() - costs.y(cost(run).doubleValue());
    Point at = new Point(x, values.y(value(run)));
    boolean turned = x > LEFT + (right() - LEFT) * (isNarrow() ? TURN_SHORT_LABEL : TURN_LABEL);
    Point beside = new Point(at.left() + (turned ? -7 : 7), at.top() + 3);
    String name = named ? Glyphs.fit(name(run), isNarrow() ? SHORT_NAME_MAX : NAME_MAX) : "";
    return new Dot(
        at,
        "completed".equals(run.textOrNull("status")),
        name(run) + ": " + figures.money(cost(run)) + ", " + shown(run),
        new Label(name, "", beside, false),
        turned ? "end" : "start");
  }

  private static String name(PrintedRow run) {
    String name = run.textOrNull("run_name");
    return SafeNames.shorten(SafeNames.plain(name == null ? run.text("run_id") : name), NAME_MAX);
  }

  private String shown(PrintedRow run) {
    return figures.metric(run.decimal("metric_value"));
  }

  private static String metric(PrintedRow run) {
    return SafeNames.plain(StatementTexts.spaced(run.text("metric_name")));
  }

  private String axis(PrintedRow run) {
    String metric = metric(run);
    return lowerIsBetter(run)
        ? words.say("{0}, lower is better", metric)
        : words.say("{0}, higher is better", metric);
  }

  private String text(PrintedRow best, PrintedRow dearest) {
    String metric = metric(best);
    return best.equals(dearest)
        ? words.say(
            "The most expensive run, {0}, also reached the best {1}: {2} for {3}",
            name(best), metric, shown(best), figures.whole(cost(best)))
        : words.say(
            "{0} reached the best {1}, {2}, for {3}; the most expensive run, {4}, reached {5} for"
                + " {6}",
            name(best),
            metric,
            shown(best),
            figures.whole(cost(best)),
            name(dearest),
            shown(dearest),
            figures.whole(cost(dearest)));
  }
}
