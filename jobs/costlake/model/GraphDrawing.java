package costlake.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Draws the reference graph as text, as Graphviz source, or as boxes from left to right. */
public final class GraphDrawing {
  private static final int COLUMN_WIDTH = 270;
  private static final int ROW_HEIGHT = 40;
  private static final int BOX_WIDTH = 220;
  private static final int BOX_HEIGHT = 26;
  private static final int MARGIN = 10;

  /** A box of the drawing. */
  public record Box(String name, String kind, int x, int y, int width, int height) {
    /** Returns the horizontal position at which the text begins. */
    public int textX() {
      return x + MARGIN;
    }

    /** Returns the vertical position of the base line of the text. */
    public int textY() {
      return y + height - MARGIN + 1;
    }
  }

  /** An arrow, with its path in SVG. */
  public record Arrow(String from, String to, String path) {}

  /** Boxes and arrows, with the size of the drawing. */
  public record Layout(List<Box> boxes, List<Arrow> arrows, int width, int height) {}

  private final Graph graph;

  /** Creates drawings of a graph. */
  public GraphDrawing(Graph graph) {
    this.graph = graph;
  }

  /**
   * Returns the graph as text: a line for each model, followed by a line for each relation that it
   * reads.
   */
  public String text() {
    StringBuilder text = new StringBuilder();
    for (Model model : graph.order()) {
      text.append(model.name()).append(model.stored() ? "" : " (view)").append('\n');
      upstream(model).forEach(name -> text.append("  <- ").append(name).append('\n'));
    }
    return text.toString();
  }

  /** Returns the source for {@code dot}. */
  public String dot() {
    StringBuilder dot = new StringBuilder("digraph models {\n  rankdir=LR; node [shape=box];\n");
    for (Model model : graph.order()) {
      dot.append("  \"%s\"%s;\n".formatted(model.name(), model.stored() ? "" : " [style=dashed]"));
      upstream(model)
          .forEach(name -> dot.append("  \"%s\" -> \"%s\";\n".formatted(name, model.name())));
    }
    return dot.append("}\n").toString();
  }

  /**
   * Returns the layout. Inputs are in the first column; each model is one column to the right of
   * the rightmost relation that it reads.
   */
  public Layout layout() {
    Map<RelationName, Integer> columns = columns();
    Map<Integer, Integer> rows = new HashMap<>();
    Map<RelationName, Box> boxes = new HashMap<>();
    List<Box> drawn = new ArrayList<>();
    for (Map.Entry<RelationName, Integer> entry : new TreeMap<>(columns).entrySet()) {
      RelationName name = entry.getKey();
      int column = entry.getValue();
      int row = rows.merge(column, 1, Integer::sum) - 1;
      Box box =
          new Box(
              name.toString(),
              kind(name),
              MARGIN + column * COLUMN_WIDTH,
              MARGIN + row * ROW_HEIGHT,
              BOX_WIDTH,
              BOX_HEIGHT);
      boxes.put(name, box);
      drawn.add(box);
    }
    List<Arrow> arrows = new ArrayList<>();
    for (Model model : graph.order()) {
      Box to = Objects.requireNonNull(boxes.get(model.name()));
      upstream(model).stream().map(boxes::get).forEach(from -> arrows.add(arrow(from, to)));
    }
    int width = columns.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    int height = rows.values().stream().mapToInt(Integer::intValue).max().orElse(0);
    return new Layout(
        drawn,
        arrows,
        width * COLUMN_WIDTH + BOX_WIDTH + 2 * MARGIN,
        height * ROW_HEIGHT + 2 * MARGIN);
  }

  private Map<RelationName, Integer> columns() {
    Map<RelationName, Integer> columns = new HashMap<>();
    for (Model model : graph.order()) {
      int after = 0;
      for (RelationName name : upstream(model)) {
        after = Math.max(after, columns.computeIfAbsent(name, input -> 0));
      }
      columns.put(model.name(), after + 1);
    }
    return columns;
  }

  private String kind(RelationName name) {
    if (!graph.isModel(name)) {
      return "input";
    }
    return graph.model(name).stored() ? "table" : "view";
  }

  private static Set<RelationName> upstream(Model model) {
    Set<RelationName> upstream = new TreeSet<>(model.models());
    upstream.addAll(model.inputs());
    return upstream;
  }

  private static Arrow arrow(Box from, Box to) {
    int x1 = from.x() + from.width();
    int y1 = from.y() + from.height() / 2;
    int y2 = to.y() + to.height() / 2;
    int bend = (x1 + to.x()) / 2;
    return new Arrow(
        from.name(),
        to.name(),
        "M%d %d C%d %d %d %d %d %d".formatted(x1, y1, bend, y1, bend, y2, to.x(), y2));
  }
}
