package costlake.report;

import costlake.report.Chart.Box;
import costlake.report.Chart.Grid;
import costlake.report.Chart.Label;
import costlake.report.Chart.Mark;
import costlake.report.Chart.Point;
import costlake.report.Scale.Span;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Draws the cost of each day of a month and the month before, with the average of each month as a
 * dashed line. Names the bookings of days that stand out, and the largest events, above their days.
 */
final class DailyChart {
  private static final int LEFT = Chart.LEFT;
  private static final double BAR = 0.8;
  private static final int PLOT_HEIGHT = 104;
  private static final int AXIS_HEIGHT = 18;
  private static final int LABEL_BELOW_AXIS = 13;
  private static final int LANE_HEIGHT = 13;
  private static final int TOP_MARGIN = 6;
  private static final double LETTER_WIDTH = 5.9;
  private static final double WIDE_LETTER_WIDTH = 9.5;
  private static final int FIRST_WIDE_LETTER = 0x1100;
  private static final int EVENTS_MAX = 3;
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  /** A day stands out if it is off the median of the month by at least one part of so many. */
  private static final BigDecimal VISIBLE_PARTS = BigDecimal.TEN;

  /** Events of at most so many days colour the bars of their days. */
  private static final int COLOURED_DAYS_MAX = 7;

  /** Events in which capacity was paid for and not used where it was planned. */
  private static final Set<String> COLOURED =
      Set.of("without_work", "unused_commitment", "hand_over");

  private final Statement statement;
  private final FigureFormat figures;
  private final EventTexts texts;
  private final StatementTexts words;
  private final int width;

  DailyChart(Statement statement, FigureFormat figures, StatementTexts words, int width) {
    this.statement = statement;
    this.figures = figures;
    this.words = words;
    this.texts = new EventTexts(statement, figures, words);
    this.width = width;
  }

  /**
   * The chart with all positions computed.
   *
   * @param base position of zero
   * @param months names and averages of the months, below their bars
   * @param averages dashed lines
   * @param events texts above the bars
   */
  record Drawing(
      int width,
      int height,
      String text,
      String base,
      List<Grid> grid,
      List<Mark> bars,
      List<Average> averages,
      List<Label> months,
      List<Label> events) {
    public boolean isNarrow() {
      return width == Chart.NARROW;
    }

    public int left() {
      return LEFT;
    }
  }

  /** The average of a month, from its first to its last day. */
  record Average(String start, String end, String y) {}

  /**
   * A month of the chart: its first day, the days that it was billed for, and the cost of a day.
   */
  private record Month(LocalDate first, int days, BigDecimal perDay) {
    LocalDate end() {
      return first.plusMonths(1);
    }
  }

  /** What happened, with its days. */
  private record Told(LocalDate first, LocalDate last, String text) {
    boolean isOn(LocalDate day) {
      return first.equals(day) && last.equals(day);
    }
  }

  /** A text, its left end, its width and its lane; lane 0 is the lowest. */
  private record Placed(String text, double from, double length, int lane) {
    boolean overlaps(double left, double across) {
      return left < from + length + LETTER_WIDTH && from < left + across + LETTER_WIDTH;
    }
  }

  /**
   * What the parts of the drawing have in common.
   *
   * @param top upper end of the bars
   */
  private record Plot(
      List<Month> months, Columns columns, List<Placed> events, int top, Scale scale) {
    int bottom() {
      return top + PLOT_HEIGHT;
    }
  }

  /** Returns the chart; null if no cost of a day is known. */
  @Nullable Drawing chart() {
    List<PrintedRow> days = days();
    return days.isEmpty() ? null : drawing(days, plot(days));
  }

  /** Returns the days of the month, and those of the month before if the months compare. */
  private List<PrintedRow> days() {
    return statement.measured() == null ? statement.rows("days") : statement.daysOfMonth();
  }

  private Plot plot(List<PrintedRow> days) {
    List<Month> months = months(days);
    Columns columns = new Columns(months.get(0).first(), end(), width);
    List<Placed> events = placed(columns);
    int top = TOP_MARGIN + LANE_HEIGHT * lanes(events);
    Scale scale = Scale.of(spans(days, months), top, top + PLOT_HEIGHT);
    return new Plot(months, columns, events, top, scale);
  }

  private Drawing drawing(List<PrintedRow> days, Plot plot) {
    return new Drawing(
        width,
        plot.bottom() + AXIS_HEIGHT,
        text(plot.months()),
        Chart.coordinate(plot.scale().y(0)),
        plot.scale().grid(figures),
        days.stream().map(day -> bar(day, plot)).toList(),
        plot.months().stream().map(month -> average(month, plot)).toList(),
        plot.months().stream().map(month -> label(month, plot)).toList(),
        plot.events().stream().map(event -> label(event, plot.top())).toList());
  }

  private LocalDate month() {
    return statement.head().month();
  }

  private LocalDate end() {
    return month().plusMonths(1);
  }

  /** Returns the month before, if its days are known, and the month. */
  private List<Month> months(List<PrintedRow> days) {
    Statement.Head head = statement.head();
    BigDecimal before = head.previousPerDay();
    boolean known = days.stream().anyMatch(day -> date(day).isBefore(month()));
    Month own = new Month(month(), statement.days(), statement.perDay());
    return before == null || !known ? List.of(own) : List.of(monthBefore(before), own);
  }

  private Month monthBefore(BigDecimal perDay) {
    LocalDate first = month().minusMonths(1);
    return new Month(first, first.lengthOfMonth(), perDay);
  }

  private static LocalDate date(PrintedRow day) {
    return day.day("usage_date");
  }

  private static BigDecimal cost(PrintedRow day) {
    return day.decimal("cost_shown");
  }

  private static List<Span> spans(List<PrintedRow> days, List<Month> months) {
    return Stream.concat(days.stream().map(DailyChart::cost), months.stream().map(Month::perDay))
        .map(cost -> new Span(0, cost.doubleValue()))
        .toList();
  }

  /** The horizontal positions of days. */
  private record Columns(LocalDate first, LocalDate end, int width) {
    private double pitch() {
      return (double) (width - LEFT) / ChronoUnit.DAYS.between(first, end);
    }

    double start(LocalDate day) {
      return LEFT + ChronoUnit.DAYS.between(first, day) * pitch();
    }
  }

  private Mark bar(PrintedRow day, Plot plot) {
    String title = figures.day(date(day)) + ", " + figures.money(cost(day));
    return Mark.unlabelled(box(day, plot), fill(day), Chart.OPAQUE, title);
  }

  private static Box box(PrintedRow day, Plot plot) {
    Span span = new Span(0, cost(day).doubleValue());
    double top = plot.scale().y(span.high());
    double pitch = plot.columns().pitch();
    double left = plot.columns().start(date(day)) + pitch * (1 - BAR) / 2;
    return new Box(new Point(left, top), pitch * BAR, plot.scale().y(span.low()) - top);
  }

  private String fill(PrintedRow day) {
    if (date(day).isBefore(month())) {
      return ChartColours.FALL;
    }
    boolean isColoured = standsOut(day) && named().anyMatch(event -> colours(event, date(day)));
    return isColoured ? ChartColours.IDLE : ChartColours.RISE;
  }

  private boolean standsOut(PrintedRow day) {
    BigDecimal median = median();
    return off(day).abs().multiply(VISIBLE_PARTS).compareTo(median.abs()) >= 0;
  }

  private BigDecimal off(PrintedRow day) {
    return cost(day).subtract(median());
  }

  private BigDecimal median() {
    List<BigDecimal> costs =
        statement.daysOfMonth().stream().map(DailyChart::cost).sorted().toList();
    return costs.isEmpty() ? BigDecimal.ZERO : costs.get(costs.size() / 2);
  }

  private static boolean colours(PrintedRow event, LocalDate day) {
    LocalDate first = Objects.requireNonNull(EventTexts.firstDay(event));
    LocalDate last = Objects.requireNonNull(EventTexts.lastDay(event));
    return COLOURED.contains(event.text("event"))
        && ChronoUnit.DAYS.between(first, last) < COLOURED_DAYS_MAX
        && !day.isBefore(first)
        && !day.isAfter(last);
  }

  /** Returns the bookings of days that stand out, then the largest events of the month. */
  private List<Told> told() {
    List<Told> booked =
        statement.daysOfMonth().stream()
            .filter(this::standsOut)
            .filter(this::isBooked)
            .map(this::booked)
            .toList();
    Stream<Told> events =
        named()
            .map(this::told)
            .filter(event -> booked.stream().noneMatch(b -> event.isOn(b.first())));
    return Stream.concat(booked.stream(), events).limit(EVENTS_MAX).toList();
  }

  /** Whether a booking is at least half of what a day is off. */
  private boolean isBooked(PrintedRow day) {
    BigDecimal booking = day.decimalOrNull("booking_cost");
    return booking != null
        && booking.signum() == off(day).signum()
        && booking.abs().multiply(TWO).compareTo(off(day).abs()) >= 0;
  }

  private Told booked(PrintedRow day) {
    String name = SafeNames.plain(Objects.requireNonNullElse(day.textOrNull("booking"), ""));
    String text = name + ", " + figures.rise(day.decimal("booking_cost"));
    return new Told(date(day), date(day), figures.days(date(day), date(day)) + ": " + text);
  }

  private Told told(PrintedRow event) {
    LocalDate first = Objects.requireNonNull(EventTexts.firstDay(event));
    LocalDate last = Objects.requireNonNull(EventTexts.lastDay(event));
    String text = texts.what(event) + ", " + figures.rise(EventTexts.change(event));
    return new Told(first, last, texts.days(event) + ": " + text);
  }

  /** Returns the largest events that happened on days of the month. */
  private Stream<PrintedRow> named() {
    return statement.rows("events").stream()
        .filter(EventTexts::isNamed)
        .filter(event -> EventTexts.change(event).signum() != 0)
        .filter(this::isInMonth)
        .sorted(Comparator.comparing((PrintedRow e) -> EventTexts.change(e).abs()).reversed())
        .limit(EVENTS_MAX);
  }

  private boolean isInMonth(PrintedRow event) {
    LocalDate first = EventTexts.firstDay(event);
    return first != null && !first.isBefore(month()) && first.isBefore(end());
  }

  private static Average average(Month month, Plot plot) {
    return new Average(
        Chart.coordinate(plot.columns().start(month.first())),
        Chart.coordinate(plot.columns().start(month.end())),
        Chart.coordinate(plot.scale().y(month.perDay().doubleValue())));
  }

  private Label label(Month month, Plot plot) {
    Columns columns = plot.columns();
    double middle = (columns.start(month.first()) + columns.start(month.end())) / 2;
    Point at = new Point(middle, plot.bottom() + LABEL_BELOW_AXIS);
    return new Label(perDay(month), "", at, month.first().equals(month()));
  }

  private String perDay(Month month) {
    boolean isNarrow = width == Chart.NARROW;
    return words.say(
        "{0}: {1} a day × {2}",
        isNarrow ? figures.shortMonth(month.first()) : figures.monthName(month.first()),
        figures.whole(month.perDay()),
        month.days());
  }

  /** Places the texts above the middle of their days, in as few lanes as they need. */
  private List<Placed> placed(Columns columns) {
    List<Placed> placed = new ArrayList<>();
    for (Told event : told()) {
      String text = shortened(event.text());
      double length = length(text);
      double left = Math.max(LEFT, Math.min(middle(event, columns) - length / 2, width - length));
      placed.add(new Placed(text, left, length, lane(placed, left, length)));
    }
    return placed;
  }

  private static double middle(Told event, Columns columns) {
    LocalDate end = columns.end();
    LocalDate until = event.last().isBefore(end) ? event.last().plusDays(1) : end;
    return (columns.start(event.first()) + columns.start(until)) / 2;
  }

  private static int lane(List<Placed> placed, double left, double length) {
    int lane = 0;
    while (isTaken(placed, lane, left, length)) {
      lane++;
    }
    return lane;
  }

  private static boolean isTaken(List<Placed> placed, int lane, double left, double length) {
    return placed.stream().anyMatch(other -> other.lane() == lane && other.overlaps(left, length));
  }

  private static int lanes(List<Placed> placed) {
    return placed.stream().mapToInt(event -> event.lane() + 1).max().orElse(0);
  }

  private String shortened(String text) {
    String fitting = text;
    while (length(fitting) > width - LEFT) {
      fitting = SafeNames.shorten(text, fitting.codePointCount(0, fitting.length()) - 1);
    }
    return fitting;
  }

  private static double length(String text) {
    return text.codePoints()
        .mapToDouble(letter -> letter < FIRST_WIDE_LETTER ? LETTER_WIDTH : WIDE_LETTER_WIDTH)
        .sum();
  }

  private static Label label(Placed event, int top) {
    double y = top - TOP_MARGIN - event.lane() * LANE_HEIGHT;
    return new Label(event.text(), "", new Point(event.from() + event.length() / 2, y), false);
  }

  private String text(List<Month> months) {
    String averages =
        months.stream()
            .map(
                month ->
                    words.say(
                        "{0}: {1} a day",
                        figures.month(month.first()), figures.whole(month.perDay())))
            .collect(Collectors.joining(", "));
    return Stream.concat(Stream.of(averages), told().stream().map(Told::text))
        .collect(Collectors.joining("; "));
  }
}
