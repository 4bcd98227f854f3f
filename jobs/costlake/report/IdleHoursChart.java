package costlake.report;

import costlake.report.Chart.Axis;
import costlake.report.Chart.Box;
import costlake.report.Chart.Label;
import costlake.report.Chart.Mark;
import costlake.report.Chart.Point;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Draws how many accelerators were idle: each hour of the month, beside the average week, or above
 * it on a phone. Both have the same scale.
 */
final class IdleHoursChart {
  private static final int HOURS = 24;
  private static final int HOURS_BETWEEN_LABELS = 6;
  private static final int CELL_WIDTH = 12;
  private static final int DAY_HEIGHT = 11;
  private static final int DAY_HEIGHT_BESIDE = 7;
  private static final int WEEKDAY_HEIGHT = 17;
  private static final int LINE = 1;
  private static final int NAME_WIDTH = 44;
  private static final int TITLE_HEIGHT = 18;
  private static final int LABEL_BELOW_TOP = 12;
  private static final int BOTTOM_MARGIN = 18;
  private static final int GAP = 10;
  private static final Point CORNER = new Point(0, 0);
  private static final int PANEL_WIDTH = NAME_WIDTH + HOURS * CELL_WIDTH;
  private static final int SCALE_BELOW = 44;
  private static final int SCALE_BELOW_BESIDE = 24;
  private static final int SCALE_STEPS = 6;
  private static final int SCALE_STEP_WIDTH = 24;
  private static final int SCALE_HEIGHT = 12;
  private static final int SCALE_LABEL_AFTER = 6;
  private static final double OPACITY_MIN = 0.06;
  private static final double OPACITY_RANGE = 0.94;

  private final FigureFormat figures;
  private final StatementTexts words;
  private final int width;

  IdleHoursChart(FigureFormat figures, StatementTexts words, int width) {
    this.figures = figures;
    this.words = words;
    this.width = width;
  }

  /**
   * Returns the chart; null when no accelerator was idle. An hour whose idle accelerators are
   * unknown has no cell.
   *
   * @param week rows of the average week
   * @param days rows of the hours of the month; empty if the statement has none
   * @param text what the chart shows, for those who do not see it
   */
  @Nullable Chart chart(List<PrintedRow> week, List<PrintedRow> days, String text) {
    List<PrintedRow> average = known(week);
    List<PrintedRow> each = known(days);
    double most = most(average, each);
    return most <= 0 || average.isEmpty() ? null : chart(panels(average, each), most, text);
  }

  /**
   * Returns the chart of the month alone, for half of a page; null if no hour of it had an idle
   * accelerator.
   */
  @Nullable Chart calendar(List<PrintedRow> days, String text) {
    List<PrintedRow> each = known(days);
    double most = most(List.of(), each);
    return most <= 0 ? null : chart(List.of(month(each, DAY_HEIGHT_BESIDE)), most, text);
  }

  private static double most(List<PrintedRow> average, List<PrintedRow> each) {
    return Stream.concat(average.stream(), each.stream())
        .mapToDouble(IdleHoursChart::idle)
        .max()
        .orElse(0);
  }

  /** Returns the month, if its hours are known, and the average week. */
  private List<Panel> panels(List<PrintedRow> average, List<PrintedRow> each) {
    if (each.isEmpty()) {
      return List.of(week(average, CORNER));
    }
    Panel month = month(each, DAY_HEIGHT);
    return List.of(month, week(average, corner(month)));
  }

  /** Returns the corner of the panel beside the month; below the month on a phone. */
  private Point corner(Panel month) {
    return width == Chart.NARROW
        ? new Point(0, month.bottom() + (double) BOTTOM_MARGIN + GAP)
        : new Point(width - (double) PANEL_WIDTH, 0);
  }

  private Chart chart(List<Panel> panels, double most, String text) {
    Panel last = panels.get(panels.size() - 1);
    return new Chart(
        width,
        height(panels, last),
        text,
        Axis.NONE,
        Stream.concat(panels.stream().flatMap(panel -> cells(panel, most)), scale(last)).toList(),
        List.of(),
        Stream.concat(panels.stream().flatMap(this::labels), scaleLabels(last, most)).toList(),
        List.of());
  }

  private static int height(List<Panel> panels, Panel last) {
    int bottom = panels.stream().mapToInt(Panel::bottom).max().orElseThrow();
    return Math.max(bottom + BOTTOM_MARGIN, last.topOfScale() + SCALE_HEIGHT);
  }

  private static List<PrintedRow> known(List<PrintedRow> rows) {
    return rows.stream().filter(row -> row.decimalOrNull("idle_accelerators") != null).toList();
  }

  private static BigDecimal accelerators(PrintedRow hour) {
    return hour.decimal("idle_accelerators");
  }

  private static int hour(PrintedRow hour) {
    return hour.number("hour_of_day");
  }

  private static double idle(PrintedRow hour) {
    return accelerators(hour).doubleValue();
  }

  /**
   * Rows of hours under a title.
   *
   * @param names names of the rows, from the top
   * @param row number of the row of an hour, from 0
   */
  private record Panel(
      String title,
      Point corner,
      int pitch,
      List<String> names,
      List<PrintedRow> hours,
      ToIntFunction<PrintedRow> row) {
    int bottom() {
      return top(names.size());
    }

    int top(int row) {
      return (int) corner.top() + TITLE_HEIGHT + row * pitch;
    }

    double left(int hour) {
      return corner.left() + NAME_WIDTH + hour * CELL_WIDTH;
    }

    String name(PrintedRow hour) {
      return names.get(row.applyAsInt(hour));
    }

    int topOfScale() {
      return bottom() + (pitch < DAY_HEIGHT ? SCALE_BELOW_BESIDE : SCALE_BELOW);
    }

    /** How many rows there are for each name, so that names do not touch. */
    int rowsOfName() {
      return pitch < DAY_HEIGHT ? 2 : 1;
    }
  }

  private Panel month(List<PrintedRow> hours, int pitch) {
    LocalDate first = hours.get(0).day("usage_date").withDayOfMonth(1);
    List<String> names =
        first
            .datesUntil(first.plusMonths(1))
            .map(day -> weekday(day) + " " + day.getDayOfMonth())
            .toList();
    return new Panel(
        words.say("Each day"),
        CORNER,
        pitch,
        names,
        hours,
        hour -> hour.day("usage_date").getDayOfMonth() - 1);
  }

  private String weekday(LocalDate day) {
    return figures.weekdays().get(day.getDayOfWeek().getValue() - 1);
  }

  private Panel week(List<PrintedRow> hours, Point corner) {
    return new Panel(
        words.say("Average week"),
        corner,
        WEEKDAY_HEIGHT,
        figures.weekdays(),
        hours,
        hour -> hour.number("weekday") - 1);
  }

  private Stream<Mark> cells(Panel panel, double most) {
    return panel.hours().stream().map(hour -> cell(panel, hour, most));
  }

  private Mark cell(Panel panel, PrintedRow hour, double most) {
    Point corner = new Point(panel.left(hour(hour)), panel.top(panel.row().applyAsInt(hour)));
    return mark(
        new Box(corner, CELL_WIDTH - LINE, panel.pitch() - LINE),
        idle(hour) / most,
        words.say(
            "{0} {1}:00, {2} idle",
            panel.name(hour), hour(hour), figures.units(accelerators(hour))));
  }

  private static Mark mark(Box box, double share, String title) {
    String opacity = String.format(Locale.ROOT, "%.2f", OPACITY_MIN + OPACITY_RANGE * share);
    return Mark.unlabelled(box, ChartColours.IDLE, opacity, title);
  }

  private Stream<Label> labels(Panel panel) {
    return Stream.of(Stream.of(title(panel)), names(panel), hours(panel))
        .flatMap(Function.identity());
  }

  private static Label title(Panel panel) {
    Point corner = panel.corner();
    Point at = new Point(corner.left(), corner.top() + LABEL_BELOW_TOP - 2);
    return new Label(panel.title(), "", at, true);
  }

  private static Stream<Label> names(Panel panel) {
    int below = panel.pitch() - (panel.pitch() - SCALE_HEIGHT + 2) / 2 - 2;
    return IntStream.iterate(0, row -> row < panel.names().size(), row -> row + panel.rowsOfName())
        .mapToObj(
            row -> label(panel.names().get(row), panel.corner().left(), panel.top(row) + below));
  }

  private static Stream<Label> hours(Panel panel) {
    double below = panel.bottom() + (double) LABEL_BELOW_TOP;
    return IntStream.iterate(0, hour -> hour < HOURS, hour -> hour + HOURS_BETWEEN_LABELS)
        .mapToObj(hour -> label("%02d:00".formatted(hour), panel.left(hour), below));
  }

  private static Label label(String text, double left, double top) {
    return new Label(text, "", new Point(left, top), false);
  }

  private static Stream<Mark> scale(Panel below) {
    double top = below.topOfScale();
    return IntStream.range(0, SCALE_STEPS)
        .mapToObj(
            step ->
                mark(
                    new Box(
                        new Point(below.left(0) + step * SCALE_STEP_WIDTH, top),
                        SCALE_STEP_WIDTH,
                        SCALE_HEIGHT),
                    step / (SCALE_STEPS - 1.0),
                    ""));
  }

  private Stream<Label> scaleLabels(Panel below, double most) {
    double baseline = below.topOfScale() + (double) SCALE_HEIGHT - 2;
    return Stream.of(
        label("0", below.left(0) - LABEL_BELOW_TOP, baseline),
        label(
            words.say("{0} accelerators idle", figures.units(BigDecimal.valueOf(most))),
            below.left(0) + SCALE_STEPS * SCALE_STEP_WIDTH + SCALE_LABEL_AFTER,
            baseline));
  }
}
