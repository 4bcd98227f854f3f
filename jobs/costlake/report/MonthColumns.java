package costlake.report;

import costlake.report.Chart.Label;
import costlake.report.Chart.Point;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The horizontal positions of the months, one column for each. */
record MonthColumns(List<LocalDate> months, LocalDate current) {
  private static final double LEFT = Chart.LEFT;
  private static final double BAR = 0.7;
  private static final double BAR_MAX = 60;

  private double step() {
    return (Chart.WIDTH - LEFT) / months.size();
  }

  double bar() {
    return Math.min(step() * BAR, BAR_MAX);
  }

  private double start(LocalDate month) {
    return LEFT + months.indexOf(month) * step();
  }

  double barStart(LocalDate month) {
    return start(month) + (step() - bar()) / 2;
  }

  double barMiddle(LocalDate month) {
    return barStart(month) + bar() / 2;
  }

  boolean isCurrent(LocalDate month) {
    return month.equals(current);
  }

  private boolean namesYear(LocalDate month) {
    return months.indexOf(month) == 0 || month.getMonthValue() == 1;
  }

  /** Returns the names of the months, with the year where it begins. */
  List<Label> labels(FigureFormat figures, double top) {
    return months.stream()
        .map(
            month ->
                new Label(
                    figures.shortMonth(month),
                    namesYear(month) ? Integer.toString(month.getYear()) : "",
                    new Point(barMiddle(month), top),
                    isCurrent(month)))
        .toList();
  }

  /** Returns the position where a month begins; null if {@code month} is null. */
  @Nullable String turn(@Nullable LocalDate month) {
    return month == null ? null : Chart.coordinate(start(month));
  }
}
