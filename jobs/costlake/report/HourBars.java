package costlake.report;

import costlake.report.Chart.Box;
import costlake.report.Chart.Label;
import costlake.report.Chart.Mark;
import costlake.report.Chart.Point;
import java.math.BigDecimal;
import java.util.List;

/**
 * Draws the hours of models of accelerators as bars in the rows of a table: provisioned, in it
 * held, in it active. All rows have one scale.
 */
public final class HourBars {
  private static final int WIDTH = 124;
  private static final int HEIGHT = 12;
  private static final int ACTIVE_HEIGHT = 5;
  private static final String PROVISIONED = "provisioned_hours";
  private static final String HELD = "allocated_hours";
  private static final String ACTIVE = "active_hours";

  private final FigureFormat figures;
  private final StatementTexts words;
  private final double most;

  HourBars(Statement statement, FigureFormat figures, StatementTexts words) {
    this.figures = figures;
    this.words = words;
    this.most =
        statement.rows("accelerators").stream()
            .mapToDouble(row -> Math.max(hours(row, PROVISIONED), hours(row, HELD)))
            .max()
            .orElse(0);
  }

  /**
   * The bar of a model.
   *
   * @param text which part of the provisioned hours was active, or why that is not known
   */
  public record Bar(int width, int height, List<Mark> marks, String text) {}

  /** Returns the bar of a row. */
  public Bar of(PrintedRow accelerator) {
    return new Bar(
        WIDTH,
        HEIGHT,
        List.of(
            mark(accelerator, PROVISIONED, HEIGHT, ChartColours.PROVISIONED),
            mark(accelerator, HELD, HEIGHT, ChartColours.ALLOCATED),
            mark(accelerator, ACTIVE, ACTIVE_HEIGHT, ChartColours.ACTIVE)),
        text(accelerator));
  }

  private Mark mark(PrintedRow accelerator, String column, int height, String fill) {
    double width = most <= 0 ? 0 : WIDTH * hours(accelerator, column) / most;
    Box box = new Box(new Point(0, (HEIGHT - height) / 2.0), width, height);
    String title = words.say("{0} hours", figures.units(accelerator.decimalOrNull(column)));
    return new Mark(box, fill, Chart.OPAQUE, title, Label.NONE);
  }

  private static double hours(PrintedRow accelerator, String column) {
    BigDecimal hours = accelerator.decimalOrNull(column);
    return hours == null ? 0 : hours.doubleValue();
  }

  private String text(PrintedRow accelerator) {
    if (AcceleratorFindings.isBilledOnly(accelerator)) {
      return words.say("billed, not measured");
    }
    if (!Statement.isHeld(accelerator)) {
      return words.say("held by nobody");
    }
    BigDecimal active = accelerator.decimalOrNull(ACTIVE);
    return active == null
        ? words.say("activity not measured")
        : figures.percent(FigureFormat.ratio(active, accelerator.decimalOrNull(PROVISIONED)));
  }
}
