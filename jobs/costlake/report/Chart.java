package costlake.report;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A chart as its template draws it: positions are decided here, and the template decides nothing.
 *
 * @param text the chart in words
 * @param marks its bars or cells
 * @param joints lines between two bars
 * @param labels text beside its axes
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

  public int width() {
    return WIDTH;
  }

  /** A place. Templates read it as text, so that no locale or exponent gets in. */
  record Point(double left, double top) {
    public String x() {
      return coordinate(left);
    }

    public String y() {
      return coordinate(top);
    }
  }

  /** The rectangle of a mark, from its upper left corner. */
  record Box(Point corner, double across, double down) {
    public String width() {
      return coordinate(across);
    }

    public String height() {
      return coordinate(down);
    }
  }

  /** A rectangle with its text. */
  record Mark(Box box, String fill, String opacity, String title, Label label) {
    /** A mark that has no text but its title. */
    static Mark unlabelled(Box box, String fill, String opacity, String title) {
      return new Mark(box, fill, opacity, title, Label.NONE);
    }
  }

  /**
   * Text at a point.
   *
   * @param value second text: a figure or a year; empty without
   */
  record Label(String text, String value, Point at, boolean strong) {
    static final Label NONE = new Label("", "", new Point(0, 0), false);
    private static final int LINE_HEIGHT = 13;

    public String nextLine() {
      return coordinate(at.top() + LINE_HEIGHT);
    }
  }

  /** A line across to the next bar. */
  record Joint(Point from, double length) {
    public String end() {
      return coordinate(from.left() + length);
    }
  }

  /** A series in the legend. */
  record Key(String name, String fill) {}

  /**
   * The vertical axis.
   *
   * @param base where zero is; empty without
   * @param turn where months begin that do not compare with those before; null without such
   */
  record Axis(String base, @Nullable String turn, List<Grid> grid) {
    static final Axis NONE = new Axis("", null, List.of());
  }

  /** A row of the vertical axis: its text and its line. */
  record Grid(String label, String y, String textY) {
    static Grid of(String label, double y, int textBelow) {
      return new Grid(label, coordinate(y), coordinate(y + textBelow));
    }
  }

  static String coordinate(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
