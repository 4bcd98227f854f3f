package costlake.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A chart with all positions computed. The template only draws it.
 *
 * @param width width of the drawing: {@link #WIDTH}, or {@link #NARROW} for a phone
 * @param text description of the chart in words
 * @param marks bars or cells
 * @param joints lines from one bar to the next
 * @param labels texts beside the axes
 * @param legend the colour of each series
 */
record Chart(
    int width,
    int height,
    String text,
    Axis axis,
    List<Mark> marks,
    List<Joint> joints,
    List<Label> labels,
    List<Key> legend) {
  static final int WIDTH = 680;
  static final int NARROW = 340;
  static final int TOP_MARGIN = 18;
  static final int LEFT = 44;
  static final String OPAQUE = "1";
  private static final double HATCH = 6;

  /** Creates a chart as wide as the page. */
  Chart(
      int height,
      String text,
      Axis axis,
      List<Mark> marks,
      List<Joint> joints,
      List<Label> labels,
      List<Key> legend) {
    this(WIDTH, height, text, axis, marks, joints, labels, legend);
  }

  /**
   * Returns the chart for a phone: half as wide, with texts of the same size. Every second label
   * below the bars is drawn one line lower, so that labels do not overlap.
   */
  public Chart narrow() {
    return new Chart(
        NARROW,
        height,
        text,
        axis.narrow(left()),
        marks.stream().map(mark -> mark.narrow(left())).toList(),
        joints.stream().map(joint -> joint.narrow(left())).toList(),
        labels.stream().map(label -> label.narrow(left())).toList(),
        legend);
  }

  /** Returns where columns begin: behind the texts of the axis, if it has any. */
  private int left() {
    return axis.grid().isEmpty() ? 0 : LEFT;
  }

  private static double narrow(double left, int from) {
    return left <= from ? left : from + (left - from) * (NARROW - from) / (WIDTH - from);
  }

  /**
   * A position. Templates read its coordinates as text, without an exponent and the same in every
   * locale.
   */
  record Point(double left, double top) {
    public String x() {
      return coordinate(left);
    }

    public String y() {
      return coordinate(top);
    }

    Point narrow(int from) {
      return new Point(Chart.narrow(left, from), top);
    }
  }

  /** A rectangle with its upper left corner, its width and its height. */
  record Box(Point corner, double across, double down) {
    public String width() {
      return coordinate(across);
    }

    public String height() {
      return coordinate(down);
    }

    /** Returns slanting lines that fill the rectangle. */
    public List<Line> hatching() {
      return DoubleStream.iterate(HATCH - down, start -> start < across, start -> start + HATCH)
          .mapToObj(
              start ->
                  new Line(
                      edge(Math.max(start, 0), start), edge(Math.min(start + down, across), start)))
          .toList();
    }

    private Point edge(double left, double start) {
      return new Point(corner.left() + left, corner.top() + left - start);
    }

    Box narrow(int from) {
      double end = Chart.narrow(corner.left() + across, from);
      Point start = corner.narrow(from);
      return new Box(start, end - start.left(), down);
    }
  }

  /** A straight line. */
  record Line(Point from, Point to) {}

  /** A coloured rectangle with its texts. */
  record Mark(Box box, String fill, String opacity, String title, Label label) {
    /** Whether lines are drawn over it. */
    public boolean isHatched() {
      return fill.equals(ChartColours.HATCHED);
    }

    /** Creates a mark that has no text but its title. */
    static Mark unlabelled(Box box, String fill, String opacity, String title) {
      return new Mark(box, fill, opacity, title, Label.NONE);
    }

    Mark narrow(int from) {
      return new Mark(box.narrow(from), fill, opacity, title, label.narrow(from));
    }
  }

  /**
   * Text at a point.
   *
   * @param value second text: a figure or a year; empty if there is none
   */
  record Label(String text, String value, Point at, boolean strong) {
    static final Label NONE = new Label("", "", new Point(0, 0), false);
    private static final int LINE_HEIGHT = 13;

    public String nextLine() {
      return coordinate(at.top() + LINE_HEIGHT);
    }

    Label narrow(int from) {
      return new Label(text, value, at.narrow(from), strong);
    }
  }

  /** A horizontal line to the next bar. */
  record Joint(Point from, double length) {
    public String end() {
      return coordinate(from.left() + length);
    }

    Joint narrow(int left) {
      Point start = from.narrow(left);
      return new Joint(start, Chart.narrow(from.left() + length, left) - start.left());
    }
  }

  /** A series in the legend. */
  record Key(String name, String fill) {
    /** Whether lines are drawn over its marks. */
    public boolean isHatched() {
      return fill.equals(ChartColours.HATCHED);
    }
  }

  /**
   * The vertical axis.
   *
   * @param base position of zero; empty if the axis has no zero line
   * @param turn position of the first month that cannot be compared with earlier months; null if
   *     all months can be compared
   */
  record Axis(String base, @Nullable String turn, List<Grid> grid) {
    static final Axis NONE = new Axis("", null, List.of());

    Axis narrow(int from) {
      String place = turn == null ? null : coordinate(Chart.narrow(Double.parseDouble(turn), from));
      return new Axis(base, place, grid);
    }
  }

  /** A grid line of the vertical axis, with its text. */
  record Grid(String label, String y, String textY) {
    static Grid of(String label, double y, int textBelow) {
      return new Grid(label, coordinate(y), coordinate(y + textBelow));
    }
  }

  /** Returns straight lines from point to point, as the path of an SVG element. */
  static String path(Stream<Point> points) {
    return points
        .map(point -> point.x() + " " + point.y())
        .collect(Collectors.joining(" L ", "M ", ""));
  }

  static String coordinate(double value) {
    return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP).toPlainString();
  }
}
