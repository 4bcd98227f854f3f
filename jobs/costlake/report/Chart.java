package costlake.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * A chart with all positions computed. The template only draws it.
 *
 * @param text description of the chart in words
 * @param marks bars or cells
 * @param joints lines from one bar to the next
 * @param labels texts beside the axes
 * @param legend the colour of each series
 */
record Chart(
    int height,
    String text,
    Axis axis,
    List<Mark> marks,
    List<Joint> joints,
    List<Label> labels,
    List<Key> legend) {
  static final int WIDTH = 680;
  static final int TOP_MARGIN = 18;
  static final String OPAQUE = "1";
  private static final double HATCH = 6;

  public int width() {
    return WIDTH;
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
  }

  /** A horizontal line to the next bar. */
  record Joint(Point from, double length) {
    public String end() {
      return coordinate(from.left() + length);
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
  }

  /** A grid line of the vertical axis, with its text. */
  record Grid(String label, String y, String textY) {
    static Grid of(String label, double y, int textBelow) {
      return new Grid(label, coordinate(y), coordinate(y + textBelow));
    }
  }

  static String coordinate(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
