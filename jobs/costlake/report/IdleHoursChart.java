package costlake.report;

import costlake.report.Chart.Axis;
import costlake.report.Chart.Box;
import costlake.report.Chart.Grid;
import costlake.report.Chart.Label;
import costlake.report.Chart.Mark;
import costlake.report.Chart.Point;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Draws how many accelerators are idle by weekday and hour. */
final class IdleHoursChart {
  private static final int DAYS = 7;
  private static final int HOURS = 24;
  private static final int HOURS_BETWEEN_LABELS = 6;
  private static final int LEFT = 40;
  private static final int CELL_WIDTH = 26;
  private static final int CELL_HEIGHT = 17;
  private static final int LINE = 1;
  private static final int LABEL_BELOW_TOP = 12;
  private static final int BOTTOM_MARGIN = 18;
  private static final double OPACITY_MIN = 0.06;
  private static final double OPACITY_RANGE = 0.94;

  private final FigureFormat figures;
  private final StatementTexts words;

  IdleHoursChart(FigureFormat figures, StatementTexts words) {
    this.figures = figures;
    this.words = words;
  }

  /**
   * Returns the chart; null when no accelerator was idle. An hour whose idle accelerators are
   * unknown has no cell.
   */
  @Nullable Chart chart(List<PrintedRow> rows) {
    List<PrintedRow> hours =
        rows.stream().filter(row -> row.decimalOrNull("idle_accelerators") != null).toList();
    double most = hours.stream().mapToDouble(IdleHoursChart::idle).max().orElse(0);
    if (most <= 0) {
      return null;
    }
    List<Mark> cells = hours.stream().map(hour -> cell(hour, most)).toList();
    int height = DAYS * CELL_HEIGHT + BOTTOM_MARGIN;
    Axis days = new Axis("", null, days());
    return new Chart(height, text(worst(hours)), days, cells, List.of(), hours(), List.of());
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

  private Mark cell(PrintedRow hour, double most) {
    double opacity = OPACITY_MIN + OPACITY_RANGE * idle(hour) / most;
    Point corner = new Point(left(hour(hour)), top(hour.number("weekday") - 1));
    return Mark.unlabelled(
        new Box(corner, CELL_WIDTH - LINE, CELL_HEIGHT - LINE),
        ChartColours.IDLE,
        String.format(Locale.ROOT, "%.2f", opacity),
        words.say(
            "{0} {1}:00, {2} idle", weekday(hour), hour(hour), figures.units(accelerators(hour))));
  }

  private static int left(int hour) {
    return LEFT + hour * CELL_WIDTH;
  }

  private static int top(int day) {
    return day * CELL_HEIGHT;
  }

  private String weekday(PrintedRow hour) {
    return figures.weekdays().get(hour.number("weekday") - 1);
  }

  private List<Grid> days() {
    List<String> names = figures.weekdays();
    return IntStream.range(0, DAYS)
        .mapToObj(day -> Grid.of(names.get(day), top(day), LABEL_BELOW_TOP))
        .toList();
  }

  private static List<Label> hours() {
    return IntStream.iterate(0, hour -> hour < HOURS, hour -> hour + HOURS_BETWEEN_LABELS)
        .mapToObj(IdleHoursChart::label)
        .toList();
  }

  private static Label label(int hour) {
    Point below = new Point(left(hour), top(DAYS) + LABEL_BELOW_TOP);
    return new Label("%02d:00".formatted(hour), "", below, false);
  }

  /**
   * Returns the hour with the most idle accelerators; if several hours have equally many, the first
   * of them.
   */
  private static PrintedRow worst(List<PrintedRow> hours) {
    return hours.stream()
        .reduce((a, b) -> accelerators(b).compareTo(accelerators(a)) > 0 ? b : a)
        .orElseThrow();
  }

  private String text(PrintedRow worst) {
    return words.say(
        "Most stood idle on {0} at {1}:00 UTC: {2} accelerators on average",
        weekday(worst), "%02d".formatted(hour(worst)), figures.units(accelerators(worst)));
  }
}
