package costlake.report;

import static java.util.stream.Collectors.joining;

import costlake.report.Chart.Axis;
import costlake.report.Chart.Box;
import costlake.report.Chart.Joint;
import costlake.report.Chart.Label;
import costlake.report.Chart.Mark;
import costlake.report.Chart.Point;
import costlake.report.Scale.Span;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Draws steps that add up, and their total as the last bar. */
final class WaterfallChart {
  private static final int HEIGHT = 126;
  private static final int BOTTOM_MARGIN = 32;
  private static final int BAR_HEIGHT_MIN = 1;
  private static final int LABEL_ABOVE_BAR = 5;

  /**
   * Margin on each side of a bar. This and the next three constants are shares of the distance from
   * one bar to the next.
   */
  private static final double MARGIN = 0.13;

  private static final double BAR = 0.74;
  private static final double HALF_BAR = 0.37;
  private static final double GAP = 0.26;

  private final FigureFormat figures;
  private final StatementTexts words;
  private final List<Step> steps;
  private final Step total;
  private final List<Span> spans;
  private final Scale scale;
  private final double pitch;

  /** A bar with its texts. */
  record Step(String label, BigDecimal cost, String figure, String fill) {}

  WaterfallChart(FigureFormat figures, StatementTexts words, List<Step> steps, Step total) {
    this.figures = figures;
    this.words = words;
    this.steps = steps;
    this.total = total;
    this.spans = spans(steps, total);
    this.scale = Scale.of(spans, Chart.TOP_MARGIN, HEIGHT - BOTTOM_MARGIN);
    this.pitch = (double) Chart.WIDTH / spans.size();
  }

  private static List<Span> spans(List<Step> steps, Step total) {
    List<Span> spans = new ArrayList<>();
    double run = 0;
    for (Step step : steps) {
      double next = run + step.cost().doubleValue();
      spans.add(new Span(run, next));
      run = next;
    }
    spans.add(new Span(0, total.cost().doubleValue()));
    return spans;
  }

  Chart chart() {
    Axis axis = new Axis(Chart.coordinate(scale.y(0)), null, List.of());
    return new Chart(HEIGHT, text(), axis, marks(), joints(), List.of(), List.of());
  }

  private String text() {
    return steps.stream().map(s -> s.label() + " " + s.figure()).collect(joining(", "))
        + "; "
        + words.say("in all")
        + " "
        + total.figure();
  }

  private List<Mark> marks() {
    List<Mark> marks = new ArrayList<>();
    for (Step step : steps) {
      marks.add(mark(marks.size(), step, false));
    }
    marks.add(mark(marks.size(), total, true));
    return marks;
  }

  private Mark mark(int i, Step step, boolean strong) {
    double left = left(i);
    double top = scale.y(spans.get(i).high());
    double height = Math.max(BAR_HEIGHT_MIN, scale.y(spans.get(i).low()) - top);
    Point above = new Point(left + pitch * HALF_BAR, top - LABEL_ABOVE_BAR);
    return new Mark(
        new Box(new Point(left, top), pitch * BAR, height),
        step.fill(),
        Chart.OPAQUE,
        step.label() + " " + figures.money(step.cost()),
        new Label(step.label(), step.figure(), above, strong));
  }

  private double left(int i) {
    return i * pitch + pitch * MARGIN;
  }

  private List<Joint> joints() {
    return IntStream.range(0, steps.size()).mapToObj(this::joint).toList();
  }

  private Joint joint(int i) {
    Point from = new Point(left(i) + pitch * BAR, scale.y(spans.get(i).to()));
    return new Joint(from, pitch * GAP);
  }
}
