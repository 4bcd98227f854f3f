package costlake.report;

import costlake.report.Chart.Grid;
import costlake.report.Chart.Label;
import costlake.report.Chart.Point;
import costlake.report.Scale.Span;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Draws what a million tokens of an endpoint would cost at every utilisation, beside the price of a
 * vendor. The lines cross at the break-even utilisation.
 */
final class BreakEvenChart {
  private static final int HEIGHT = 200;
  private static final int BOTTOM_MARGIN = 26;
  private static final int LABEL_ABOVE_EDGE = 8;
  private static final double LEFT = 44;
  private static final double RIGHT_MARGIN = 8;
  private static final double ABOVE_HIGHEST = 1.2;
  private static final int STEPS = 60;
  private static final int TEXT_ABOVE_LINE = 5;
  private static final int TEXT_BELOW_LINE = 13;
  private static final int TEXT_BESIDE_POINT = 9;
  private static final List<Integer> TICKS = List.of(0, 25, 50, 75, 100);
  private static final double PERCENT = 100;

  private final FigureFormat figures;
  private final StatementTexts words;
  private final int width;

  BreakEvenChart(FigureFormat figures, StatementTexts words, int width) {
    this.figures = figures;
    this.words = words;
    this.width = width;
  }

  /**
   * A chart with all positions computed.
   *
   * @param width width of the drawing: {@link Chart#WIDTH}, or {@link Chart#NARROW} for a phone
   * @param endpoint name of the endpoint
   * @param path the curve, as the path of an SVG element
   * @param api the price of the vendor, at the height of its line
   * @param today the utilisation and cost of the month
   * @param even where the lines cross; null if they do not cross up to 100 %
   */
  record Curve(
      int width,
      String endpoint,
      String text,
      String path,
      String base,
      List<Grid> grid,
      List<Label> ticks,
      Label api,
      Label today,
      @Nullable Label even) {
    public int height() {
      return HEIGHT;
    }

    /** Returns the height of the line of the vendor. */
    public String apiY() {
      return Chart.coordinate(api.at().top() + TEXT_ABOVE_LINE);
    }

    /** Returns the height of the text beside the point of the month, which is above the curve. */
    public String todayTextY() {
      return Chart.coordinate(today.at().top() - TEXT_ABOVE_LINE);
    }

    /** Returns which end of the text of the month is at its coordinate. */
    public String todayAnchor() {
      return isBesideScreen(width, today.at().left()) ? "end" : "start";
    }

    /**
     * Returns the height of the text beside the break-even; a phone has no room beside the price.
     */
    public String evenTextY() {
      double line = api.at().top() + TEXT_ABOVE_LINE;
      return Chart.coordinate(
          width == Chart.NARROW ? line + TEXT_BELOW_LINE : line - TEXT_ABOVE_LINE);
    }

    public String right() {
      return Chart.coordinate(width - RIGHT_MARGIN);
    }
  }

  /** Returns the curve of the endpoint that costs most; null if none can be compared. */
  @Nullable Curve chart(List<PrintedRow> endpoints) {
    return endpoints.stream()
        .filter(BreakEvenChart::isComparable)
        .findFirst()
        .map(this::curve)
        .orElse(null);
  }

  private static boolean isComparable(PrintedRow endpoint) {
    return endpoint.textOrNull("endpoint_id") != null
        && endpoint.textOrNull("api_model") != null
        && Stream.of(
                "cost_per_million_tokens",
                "api_cost_per_million_tokens",
                "utilisation",
                "break_even_utilisation")
            .map(endpoint::decimalOrNull)
            .allMatch(value -> value != null && value.signum() > 0);
  }

  private Curve curve(PrintedRow endpoint) {
    double api = number(endpoint, "api_cost_per_million_tokens");
    double today = number(endpoint, "cost_per_million_tokens");
    double highest = Math.max(today, api) * ABOVE_HIGHEST;
    Scale scale = Scale.of(List.of(new Span(0, highest)), Chart.TOP_MARGIN, HEIGHT - BOTTOM_MARGIN);
    return new Curve(
        width,
        SafeNames.shorten(name(endpoint), 40),
        text(endpoint),
        path(today * number(endpoint, "utilisation"), highest, scale),
        Chart.coordinate(scale.y(0)),
        scale.grid(figures),
        TICKS.stream().map(this::tick).toList(),
        apiLabel(endpoint, scale.y(api)),
        todayLabel(endpoint, scale.y(today)),
        evenLabel(endpoint, scale.y(api)));
  }

  private static String name(PrintedRow endpoint) {
    return SafeNames.plain(Objects.requireNonNull(ServingFindings.nameOf(endpoint)));
  }

  private static double number(PrintedRow endpoint, String column) {
    return endpoint.decimal(column).doubleValue();
  }

  private double right() {
    return width - RIGHT_MARGIN;
  }

  private double left(double utilisation) {
    return LEFT + utilisation * (right() - LEFT);
  }

  /** Returns the curve {@code full / utilisation}, from where it leaves the chart to 100 %. */
  private String path(double full, double highest, Scale scale) {
    double from = Math.min(1, full / highest);
    return Chart.path(
        IntStream.rangeClosed(0, STEPS)
            .mapToDouble(step -> Math.pow(from, 1 - (double) step / STEPS))
            .mapToObj(used -> new Point(left(used), scale.y(full / used))));
  }

  private Label tick(int percent) {
    Point at = new Point(left(percent / PERCENT), HEIGHT - (double) LABEL_ABOVE_EDGE);
    return new Label(percent + "\u00a0%", "", at, false);
  }

  private Label apiLabel(PrintedRow endpoint, double y) {
    String price = figures.price(endpoint.decimal("api_cost_per_million_tokens"));
    String name = SafeNames.shorten(SafeNames.plain(endpoint.text("api_model")), 30);
    return new Label(name, price, new Point(right(), y - TEXT_ABOVE_LINE), false);
  }

  private Label todayLabel(PrintedRow endpoint, double y) {
    BigDecimal utilisation = endpoint.decimal("utilisation");
    double point = left(shown(utilisation));
    return new Label(
        words.say(
            "this month: {0} at {1}",
            figures.price(endpoint.decimal("cost_per_million_tokens")),
            figures.percent(utilisation)),
        Chart.coordinate(isBesideScreen(width, point) ? right() : point + TEXT_BESIDE_POINT),
        new Point(point, y),
        true);
  }

  /** Whether a phone has no room for a text to the right of a point. */
  private static boolean isBesideScreen(int width, double left) {
    return width == Chart.NARROW && left > width / 2.0;
  }

  private static double shown(BigDecimal utilisation) {
    return Math.min(1, utilisation.doubleValue());
  }

  private @Nullable Label evenLabel(PrintedRow endpoint, double y) {
    BigDecimal even = endpoint.decimal("break_even_utilisation");
    return even.compareTo(BigDecimal.ONE) > 0
        ? null
        : new Label(
            words.say("cheaper from {0}", figures.percent(even)),
            Chart.coordinate(left(shown(even)) + TEXT_BESIDE_POINT),
            new Point(left(shown(even)), y),
            false);
  }

  private String text(PrintedRow endpoint) {
    BigDecimal even = endpoint.decimal("break_even_utilisation");
    return words.say(
        even.compareTo(BigDecimal.ONE) > 0
            ? "{0} answers {1} of the tokens that it could; it cannot be cheaper than {3}"
            : "{0} answers {1} of the tokens that it could; it is cheaper than {3} from {2}",
        name(endpoint),
        figures.percent(endpoint.decimal("utilisation")),
        figures.percent(even),
        SafeNames.plain(Objects.requireNonNull(endpoint.textOrNull("api_model"))));
  }
}
