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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Draws the cumulative cost of a month up to the last billed day, with the cumulative cost of the
 * month before and the budget of the month.
 */
final class BurnChart {
  private static final int HEIGHT = 190;
  private static final int BOTTOM_MARGIN = 26;
  private static final int LABEL_ABOVE_EDGE = 8;
  private static final int TEXT_ABOVE_LINE = 5;
  private static final int TEXT_BESIDE_POINT = 8;
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
      @Nullable Label budget) {
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
    Scale scale = scale(month, before, budget);
    return new Drawing(
        width,
        text(month, before, budget),
        Chart.coordinate(scale.y(0)),
        scale.grid(figures),
        (width == Chart.NARROW ? NARROW_TICKS : TICKS).stream().map(this::tick).toList(),
        path(month, scale),
        before == null ? null : path(before, scale),
        end(month.last(), scale),
        budget == null ? null : budget(budget, scale));
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

  private static Scale scale(Growth month, @Nullable Growth before, @Nullable BigDecimal budget) {
    List<Span> spans =
        Stream.of(
                month.costs().stream(),
                before == null ? Stream.<BigDecimal>empty() : before.costs().stream(),
                Stream.ofNullable(budget))
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
            .mapToObj(day -> new Point(left(day), scale.y(growth.costs().get(day).doubleValue()))));
  }

  private Label tick(int day) {
    LocalDate date = statement.head().month().plusDays(day - 1L);
    Point at = new Point(left(day), HEIGHT - (double) LABEL_ABOVE_EDGE);
    return new Label(figures.days(date, date), "", at, false);
  }

  private Label end(BigDecimal cost, Scale scale) {
    Point at = new Point(left(statement.days()), scale.y(cost.doubleValue()));
    return new Label(figures.whole(cost), "", at, true);
  }

  private Label budget(BigDecimal amount, Scale scale) {
    Point at =
        new Point(Chart.LEFT + TEXT_BESIDE_POINT, scale.y(amount.doubleValue()) - TEXT_ABOVE_LINE);
    return new Label(text(amount), "", at, false);
  }

  private String text(Growth month, @Nullable Growth before, @Nullable BigDecimal budget) {
    String cost = figures.whole(month.last());
    String day = figures.dayOfMonth(statement.head().billedUntil());
    String said =
        before == null
            ? words.say("Cost up to {0}: {1}.", day, cost)
            : words.say(
                "Cost up to {0}: {1}, up to this day of {2}: {3}.",
                day,
                cost,
                figures.monthName(before.month()),
                figures.whole(before.at(statement.days())));
    return budget == null ? said : said + " " + text(budget) + ".";
  }

  private String text(BigDecimal budget) {
    return words.say("Budget: {0}", figures.whole(budget));
  }
}
