package costlake.report;

import costlake.report.Chart.Grid;
import costlake.report.Chart.Label;
import costlake.report.Chart.Point;
import costlake.report.Scale.Span;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Draws the cumulative cost of a month up to the last billed day, with the cumulative cost of the
 * month before, the budget of the month, and the fan of the forecast up to its end.
 */
final class BurnChart {
  private static final int HEIGHT = 190;
  private static final int BOTTOM_MARGIN = 26;
  private static final int LABEL_ABOVE_EDGE = 8;
  private static final int TEXT_ABOVE_LINE = 5;
  private static final int TEXT_BESIDE_POINT = 8;
  private static final int TEXT_BELOW_FAN = 13;

  /** A fan of fewer days has no text, which would cover that of the last billed day. */
  private static final int TEXT_DAYS_MIN = 5;

  private static final double RIGHT_MARGIN = 8;
  private static final List<Integer> TICKS = List.of(1, 8, 15, 22);
  private static final List<Integer> NARROW_TICKS = List.of(1, 15);

  private final Statement statement;
  private final FigureFormat figures;
  private final StatementTexts words;
  private final int width;

  BurnChart(Statement statement, FigureFormat figures, StatementTexts words, int width) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
    this.width = width;
  }

  /**
   * The chart with all positions computed.
   *
   * @param path the cumulative cost of the month, as the path of an SVG element
   * @param before the cumulative cost of the month before; null if the months do not compare
   * @param end the cost so far, at the last billed day
   * @param budget the amount of the budget, at its height; null if there is none
   * @param fan the forecast of the month; null if there is none
   */
  record Drawing(
      int width,
      String text,
      String base,
      List<Grid> grid,
      List<Label> ticks,
      String path,
      @Nullable String before,
      Label end,
      @Nullable Label budget,
      @Nullable Fan fan) {
    public int height() {
      return HEIGHT;
    }

    public boolean isNarrow() {
      return width == Chart.NARROW;
    }

    public int left() {
      return Chart.LEFT;
    }

    public String right() {
      return Chart.coordinate(width - RIGHT_MARGIN);
    }

    /** Returns the height of the line of the budget. */
    public @Nullable String budgetY() {
      return budget == null ? null : Chart.coordinate(budget.at().top() + TEXT_ABOVE_LINE);
    }

    /** Returns which end of the text of the last day is at its coordinate. */
    public String endAnchor() {
      return end.at().left() > width / 2.0 ? "end" : "start";
    }

    public String endTextX() {
      int beside = endAnchor().equals("end") ? -TEXT_BESIDE_POINT : TEXT_BESIDE_POINT;
      return Chart.coordinate(end.at().left() + beside);
    }

    public String endTextY() {
      return Chart.coordinate(end.at().top() - TEXT_ABOVE_LINE);
    }
  }

  /**
   * The forecast from the last settled day to the end of the month.
   *
   * @param area four of five months stay within it, as the path of an SVG element
   * @param path the expected cost
   * @param label the expected total, at the end of the month; null if the fan is too short for it
   */
  record Fan(String area, String path, @Nullable Label label) {}

  /** The cost that is expected after a day of the month, with its interval. */
  private record Reach(int day, BigDecimal expected, BigDecimal low, BigDecimal high) {
    static Reach of(int day, PrintedRow row, BigDecimal before) {
      return new Reach(
          day,
          before.add(row.decimal("expected")),
          before.add(row.decimal("low")),
          before.add(row.decimal("high")));
    }
  }

  /** Cumulative cost of a month after each of its days; the first value is zero. */
  private record Growth(LocalDate month, List<BigDecimal> costs) {
    BigDecimal last() {
      return costs.get(costs.size() - 1);
    }

    BigDecimal at(int day) {
      return costs.get(Math.min(day, costs.size() - 1));
    }
  }

  /** Returns the chart; null if no cost of a day is known. */
  @Nullable Drawing chart() {
    return statement.daysOfMonth().isEmpty() ? null : drawing();
  }

  private Drawing drawing() {
    Growth month = growth(statement.head().month(), statement.days());
    Growth before = before();
    BigDecimal budget = budget();
    List<Reach> reaches = reaches();
    Scale scale = scale(month, before, budget, reaches);
    return new Drawing(
        width,
        text(month, before, budget, reaches),
        Chart.coordinate(scale.y(0)),
        scale.grid(figures),
        (width == Chart.NARROW ? NARROW_TICKS : TICKS).stream().map(this::tick).toList(),
        path(month, scale),
        before == null ? null : path(before, scale),
        end(month.last(), scale),
        budget == null ? null : budget(budget, scale),
        reaches.isEmpty() ? null : fan(reaches, scale));
  }

  /** Returns what is expected: the known cost first, the end of the month last. */
  private List<Reach> reaches() {
    return ForecastFindings.ofMonth(statement).map(this::reaches).orElse(List.of());
  }

  private List<Reach> reaches(PrintedRow forecast) {
    BigDecimal known = forecast.decimal("known");
    Reach start = new Reach(dayOfMonth(forecast.day("settled_until")), known, known, known);
    Reach end = Reach.of(dayOfMonth(forecast.day("period_end")), forecast, BigDecimal.ZERO);
    Stream<Reach> between =
        ForecastFindings.within(statement)
            .map(row -> Reach.of(dayOfMonth(row.day("period_end")), row, known));
    return Stream.of(Stream.of(start), between, Stream.of(end)).flatMap(each -> each).toList();
  }

  /** Returns the day of the month; 0 for a day before it. */
  private int dayOfMonth(LocalDate day) {
    return day.isBefore(statement.head().month()) ? 0 : day.getDayOfMonth();
  }

  private Fan fan(List<Reach> reaches, Scale scale) {
    Stream<Point> above = reaches.stream().map(reach -> point(reach.day(), reach.high(), scale));
    Stream<Point> below =
        IntStream.rangeClosed(1, reaches.size())
            .mapToObj(i -> reaches.get(reaches.size() - i))
            .map(reach -> point(reach.day(), reach.low(), scale));
    Stream<Point> expected =
        reaches.stream().map(reach -> point(reach.day(), reach.expected(), scale));
    boolean isLong = last(reaches).day() - reaches.get(0).day() >= TEXT_DAYS_MIN;
    return new Fan(
        Chart.path(Stream.concat(above, below)) + " Z",
        Chart.path(expected),
        isLong ? expected(last(reaches), scale) : null);
  }

  private static Reach last(List<Reach> reaches) {
    return reaches.get(reaches.size() - 1);
  }

  private Label expected(Reach end, Scale scale) {
    Point at = point(end.day(), end.low(), scale);
    Point below = new Point(at.left(), Math.min(at.top() + TEXT_BELOW_FAN, scale.y(0) - TEXT_ABOVE_LINE));
    return new Label(words.say("{0} expected", figures.whole(end.expected())), "", below, false);
  }

  private Point point(int day, BigDecimal cost, Scale scale) {
    return new Point(left(day), scale.y(cost.doubleValue()));
  }

  private @Nullable Growth before() {
    LocalDate month = statement.head().month().minusMonths(1);
    boolean compares = statement.head().previous() != null && statement.measured() == null;
    return compares ? growth(month, month.lengthOfMonth()) : null;
  }

  private Growth growth(LocalDate month, int days) {
    Map<LocalDate, BigDecimal> costs = new HashMap<>();
    statement.rows("days").forEach(row -> costs.put(row.day("usage_date"), cost(row)));
    BigDecimal[] sums =
        IntStream.rangeClosed(0, days)
            .mapToObj(day -> costs.getOrDefault(month.plusDays(day - 1L), BigDecimal.ZERO))
            .toArray(BigDecimal[]::new);
    sums[0] = BigDecimal.ZERO;
    Arrays.parallelPrefix(sums, BigDecimal::add);
    return new Growth(month, List.of(sums));
  }

  private static BigDecimal cost(PrintedRow day) {
    return day.decimal("cost_shown");
  }

  private @Nullable BigDecimal budget() {
    PrintedRow budget = statement.budget();
    return budget == null ? null : budget.decimal("amount_shown");
  }

  private static Scale scale(
      Growth month, @Nullable Growth before, @Nullable BigDecimal budget, List<Reach> reaches) {
    List<Span> spans =
        Stream.of(
                month.costs().stream(),
                before == null ? Stream.<BigDecimal>empty() : before.costs().stream(),
                Stream.ofNullable(budget),
                reaches.stream().flatMap(reach -> Stream.of(reach.low(), reach.high())))
            .flatMap(costs -> costs)
            .map(cost -> new Span(0, cost.doubleValue()))
            .toList();
    return Scale.of(spans, Chart.TOP_MARGIN, HEIGHT - BOTTOM_MARGIN);
  }

  private double left(int day) {
    double right = width - RIGHT_MARGIN;
    int days = statement.head().month().lengthOfMonth();
    return Chart.LEFT + Math.min(1, (double) day / days) * (right - Chart.LEFT);
  }

  private String path(Growth growth, Scale scale) {
    return Chart.path(
        IntStream.range(0, growth.costs().size())
            .mapToObj(day -> point(day, growth.costs().get(day), scale)));
  }

  private Label tick(int day) {
    LocalDate date = statement.head().month().plusDays(day - 1L);
    Point at = new Point(left(day), HEIGHT - (double) LABEL_ABOVE_EDGE);
    return new Label(figures.days(date, date), "", at, false);
  }

  private Label end(BigDecimal cost, Scale scale) {
    Point at = point(statement.days(), cost, scale);
    return new Label(figures.whole(cost), "", at, true);
  }

  private Label budget(BigDecimal amount, Scale scale) {
    Point at =
        new Point(Chart.LEFT + TEXT_BESIDE_POINT, scale.y(amount.doubleValue()) - TEXT_ABOVE_LINE);
    return new Label(text(amount), "", at, false);
  }

  private String text(
      Growth month, @Nullable Growth before, @Nullable BigDecimal budget, List<Reach> reaches) {
    return Stream.of(
            Stream.of(cost(month, before)),
            Stream.ofNullable(budget).map(amount -> text(amount) + "."),
            reaches.stream().skip(1).reduce((earlier, later) -> later).map(this::text).stream())
        .flatMap(each -> each)
        .collect(Collectors.joining(" "));
  }

  private String cost(Growth month, @Nullable Growth before) {
    String cost = figures.whole(month.last());
    String day = figures.dayOfMonth(statement.head().billedUntil());
    return before == null
        ? words.say("Cost up to {0}: {1}.", day, cost)
        : words.say(
            "Cost up to {0}: {1}, up to this day of {2}: {3}.",
            day,
            cost,
            figures.monthName(before.month()),
            figures.whole(before.at(statement.days())));
  }

  private String text(Reach end) {
    return words.say(
        "Expected at the end of the month: {0}, in four of five cases {1} to {2}.",
        figures.whole(end.expected()),
        figures.whole(end.low()),
        figures.whole(end.high()));
  }

  private String text(BigDecimal budget) {
    return words.say("Budget: {0}", figures.whole(budget));
  }
}
