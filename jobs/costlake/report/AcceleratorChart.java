package costlake.report;

import static java.util.stream.Collectors.joining;

import costlake.report.Chart.Axis;
import costlake.report.Chart.Box;
import costlake.report.Chart.Label;
import costlake.report.Chart.Mark;
import costlake.report.Chart.Point;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Draws the provisioned, allocated and active hours of each accelerator model, one bar inside
 * another.
 */
final class AcceleratorChart {
  private static final int MODELS_MAX = 8;
  private static final int PITCH = 32;
  private static final int TOP_MARGIN = 6;
  private static final int BOTTOM_MARGIN = 4;
  private static final int BAR = 20;
  private static final int NARROW_BAR = 8;
  private static final int LABEL_AFTER_BAR = 8;
  private static final int LABEL_BELOW_TOP = 14;

  private static final Columns BROAD = new Columns(20, 120, 400);
  private static final Columns PHONE = new Columns(13, 84, 110);

  private final FigureFormat figures;
  private final StatementTexts words;
  private final int width;
  private final Columns columns;

  AcceleratorChart(FigureFormat figures, StatementTexts words, int width) {
    this.figures = figures;
    this.words = words;
    this.width = width;
    this.columns = width == Chart.NARROW ? PHONE : BROAD;
  }

  /** The most letters of a name, and where the bars begin and how long the longest is. */
  private record Columns(int nameMax, double left, double barMax) {}

  /** Returns the chart; null when no hours were provisioned or allocated. */
  @Nullable Chart chart(List<PrintedRow> rows) {
    List<PrintedRow> shown = rows.stream().limit(MODELS_MAX).toList();
    double longest = shown.stream().mapToDouble(AcceleratorChart::longer).max().orElse(0);
    if (longest <= 0) {
      return null;
    }
    List<Mark> marks =
        IntStream.range(0, shown.size())
            .boxed()
            .flatMap(i -> bars(shown.get(i), i * PITCH + TOP_MARGIN, longest))
            .toList();
    int height = shown.size() * PITCH + BOTTOM_MARGIN;
    return new Chart(width, height, text(shown), Axis.NONE, marks, List.of(), List.of(), List.of());
  }

  private static double longer(PrintedRow a) {
    return Math.max(hours(hours(a, "provisioned_hours")), hours(hours(a, "allocated_hours")));
  }

  private static String model(PrintedRow accelerator) {
    return accelerator.text("accelerator_model");
  }

  private static @Nullable BigDecimal hours(PrintedRow accelerator, String column) {
    return accelerator.decimalOrNull(column);
  }

  private static double hours(@Nullable BigDecimal value) {
    return value == null ? 0 : value.doubleValue();
  }

  private String text(List<PrintedRow> shown) {
    return words.say("Share of provisioned hours that were active:")
        + " "
        + shown.stream()
            .filter(a -> !AcceleratorFindings.isBilledOnly(a))
            .map(a -> model(a) + " " + share(a))
            .collect(joining(", "));
  }

  private String share(PrintedRow a) {
    return figures.percent(
        FigureFormat.ratio(hours(a, "active_hours"), hours(a, "provisioned_hours")));
  }

  private Stream<Mark> bars(PrintedRow a, double top, double longest) {
    Box provisioned = box(hours(a, "provisioned_hours"), longest, top, BAR);
    Box allocated = box(hours(a, "allocated_hours"), longest, top, BAR);
    Box active = box(hours(a, "active_hours"), longest, top + (BAR - NARROW_BAR) / 2, NARROW_BAR);
    return Stream.of(
        bar(
            provisioned,
            ChartColours.PROVISIONED,
            hours(a, "provisioned_hours"),
            label(a, top, longest)),
        bar(allocated, ChartColours.ALLOCATED, hours(a, "allocated_hours"), Label.NONE),
        bar(active, ChartColours.ACTIVE, hours(a, "active_hours"), Label.NONE));
  }

  private Box box(@Nullable BigDecimal hours, double longest, double top, int height) {
    return new Box(new Point(columns.left(), top), width(hours(hours), longest), height);
  }

  private double width(double hours, double longest) {
    return columns.barMax() * hours / longest;
  }

  private Mark bar(Box box, String fill, @Nullable BigDecimal hours, Label label) {
    String title = words.say("{0} hours", figures.units(hours));
    return new Mark(box, fill, Chart.OPAQUE, title, label);
  }

  private Label label(PrintedRow a, double top, double longest) {
    double end = columns.left() + width(longer(a), longest);
    return new Label(
        SafeNames.shorten(SafeNames.plain(model(a)), columns.nameMax()),
        activity(a),
        new Point(end + LABEL_AFTER_BAR, top + LABEL_BELOW_TOP),
        false);
  }

  private String activity(PrintedRow a) {
    if (AcceleratorFindings.isBilledOnly(a)) {
      return words.say("billed, not measured");
    }
    if (!Statement.isHeld(a)) {
      return words.say("held by nobody");
    }
    return hours(a, "active_hours") == null
        ? words.say("activity not measured")
        : words.say("{0} active", share(a));
  }
}
