package costlake.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import costlake.report.Chart.Label;
import costlake.report.Chart.Point;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Draws for each of the largest models how training and inference add up, and the month in which
 * inference overtook training.
 */
final class LifeChart {
  private static final int PANELS_MAX = 4;
  private static final double PANEL_WIDTH = 324;
  private static final double GAP = 32;
  private static final double PANEL_HEIGHT = 118;
  private static final double TITLE = 14;
  private static final double PLOT_TOP = 26;
  private static final double PLOT_BOTTOM = 94;
  private static final double LABELS = 96;
  private static final double LABEL_APART = 11;
  private static final double LABEL_AFTER_LINE = 6;
  private static final double BESIDE_LINE = 4;
  private static final int NAME_MAX = 34;
  private static final String TRAINING = "training_to_date_shown";
  private static final String INFERENCE = "inference_to_date_shown";

  private final FigureFormat figures;
  private final StatementTexts words;
  private final LocalDate month;
  private final int width;
  private final int columns;

  LifeChart(FigureFormat figures, StatementTexts words, LocalDate month, int width) {
    this.figures = figures;
    this.words = words;
    this.month = month;
    this.width = width;
    this.columns = width == Chart.NARROW ? 1 : 2;
  }

  /**
   * The chart.
   *
   * @param width width of the drawing: {@link Chart#WIDTH}, or {@link Chart#NARROW} for a phone
   * @param text the findings in words
   * @param panels one for each model
   */
  record Lives(int width, int height, String text, List<Panel> panels) {}

  /**
   * A text.
   *
   * @param anchor side of the text at the point, as SVG names it
   */
  record Text(String text, String anchor, Point at) {
    /** Returns where the text begins or ends beside a line through the point. */
    public String labelX() {
      return Chart.coordinate(at.left() + ("end".equals(anchor) ? -BESIDE_LINE : BESIDE_LINE));
    }
  }

  /**
   * The life of a model.
   *
   * @param title its name
   * @param training points of the line of training, as SVG writes them
   * @param inference points of the line of inference
   * @param ends names and figures at the ends of the two lines
   * @param months first and last month
   * @param crossing place and text of the month in which inference overtook training; null if it
   *     did not
   */
  record Panel(
      Label title,
      String training,
      String inference,
      List<Label> ends,
      List<Text> months,
      Point base,
      Point baseEnd,
      @Nullable Text crossing,
      Point top) {}

  /**
   * Returns the chart; null if no model was both trained and served, or in one month only. A model
   * whose refunds are more than its cost is not drawn.
   */
  @Nullable Lives chart(List<PrintedRow> models, List<PrintedRow> months) {
    Map<String, List<PrintedRow>> lives =
        months.stream().collect(groupingBy(row -> row.text("model_id")));
    List<PrintedRow> shown =
        models.stream().filter(model -> isDrawn(model, lives)).limit(PANELS_MAX).toList();
    if (shown.isEmpty()) {
      return null;
    }
    List<Panel> panels =
        IntStream.range(0, shown.size())
            .mapToObj(i -> panel(i, shown.size(), shown.get(i), months(shown.get(i), lives)))
            .toList();
    int rows = (shown.size() + columns - 1) / columns;
    String text = shown.stream().map(this::finding).collect(joining("; "));
    return new Lives(width, (int) (rows * PANEL_HEIGHT), text, panels);
  }

  /** Returns the chart of the models whose whole life is recorded; null if there is none. */
  @Nullable Lives ofWholeLives(List<PrintedRow> models, List<PrintedRow> months) {
    return chart(
        models.stream().filter(model -> model.dayOrNull("complete_from") == null).toList(), months);
  }

  private static List<PrintedRow> months(PrintedRow model, Map<String, List<PrintedRow>> lives) {
    return lives.getOrDefault(model.text("model_id"), List.of());
  }

  private boolean isDrawn(PrintedRow model, Map<String, List<PrintedRow>> lives) {
    String status = model.textOrNull("status");
    return ("overtaken".equals(status) || "training_leads".equals(status))
        && lives.containsKey(model.text("model_id"))
        && model.decimal(TRAINING).signum() >= 0
        && model.decimal(INFERENCE).signum() >= 0
        && model.day("first_month").isBefore(month);
  }

  private String finding(PrintedRow model) {
    return "overtaken".equals(model.text("status"))
        ? words.say(
            "{0}: inference overtook training in {1}",
            title(model), figures.month(model.day("overtaken_month")))
        : words.say("{0}: training still costs more than inference", title(model));
  }

  /** The name of the model; with the first month that counts, if earlier months do not. */
  private String title(PrintedRow model) {
    LocalDate from = model.dayOrNull("complete_from");
    return from == null
        ? name(model)
        : words.say("{0}, from {1}", name(model), figures.month(from));
  }

  private static String name(PrintedRow model) {
    return SafeNames.shorten(SafeNames.plain(model.text("model_id")), NAME_MAX);
  }

  /** Positions within a panel. */
  private record Frame(
      double left, double top, double width, LocalDate first, long months, double most) {
    double x(LocalDate at) {
      return left + width * ChronoUnit.MONTHS.between(first, at) / Math.max(1, months);
    }

    double y(BigDecimal cost) {
      return top + PLOT_BOTTOM - (PLOT_BOTTOM - PLOT_TOP) * cost.doubleValue() / most;
    }

    double end() {
      return left + width;
    }
  }

  /** Draws the life of a model. That of a single model is as wide as the tables. */
  private Panel panel(int place, int panels, PrintedRow model, List<PrintedRow> life) {
    LocalDate first = model.day("first_month");
    double most =
        model.decimal(TRAINING).max(model.decimal(INFERENCE)).max(BigDecimal.ONE).doubleValue();
    Frame frame =
        new Frame(
            place % columns * (PANEL_WIDTH + GAP),
            Math.floorDiv(place, columns) * PANEL_HEIGHT,
            (panels == 1 || columns == 1 ? width : PANEL_WIDTH) - LABELS,
            first,
            ChronoUnit.MONTHS.between(first, month),
            most);
    return new Panel(
        new Label(title(model), "", new Point(frame.left(), frame.top() + TITLE), true),
        line(life, TRAINING, frame),
        line(life, INFERENCE, frame),
        ends(model, frame),
        months(frame),
        new Point(frame.left(), frame.top() + PLOT_BOTTOM),
        new Point(frame.end(), frame.top() + PLOT_BOTTOM),
        crossing(model, frame),
        new Point(frame.left(), frame.top() + PLOT_TOP));
  }

  /** Draws what was known at the end of each month; a month without cost keeps the sum. */
  private String line(List<PrintedRow> life, String column, Frame frame) {
    List<String> points = new ArrayList<>();
    BigDecimal sum = BigDecimal.ZERO;
    for (LocalDate at = frame.first(); !at.isAfter(month); at = at.plusMonths(1)) {
      LocalDate day = at;
      sum =
          life.stream()
              .filter(row -> row.day("history_month").equals(day))
              .map(row -> row.decimal(column))
              .findFirst()
              .orElse(sum);
      points.add(Chart.coordinate(frame.x(at)) + "," + Chart.coordinate(frame.y(sum)));
    }
    return String.join(" ", points);
  }

  /** Places the names at the ends of the lines, apart from each other. */
  private List<Label> ends(PrintedRow model, Frame frame) {
    double training = frame.y(model.decimal(TRAINING)) + 3;
    double inference = frame.y(model.decimal(INFERENCE)) + 3;
    double middle = (training + inference) / 2;
    double half = Math.max(Math.abs(training - inference), LABEL_APART) / 2;
    boolean above = training <= inference;
    return List.of(
        end(
            words.say("training {0}", figures.whole(model.decimal(TRAINING))),
            frame,
            above ? middle - half : middle + half),
        end(
            words.say("inference {0}", figures.whole(model.decimal(INFERENCE))),
            frame,
            above ? middle + half : middle - half));
  }

  private static Label end(String text, Frame frame, double y) {
    return new Label(text, "", new Point(frame.end() + LABEL_AFTER_LINE, y), false);
  }

  private List<Text> months(Frame frame) {
    double y = frame.top() + PLOT_BOTTOM + 12;
    return List.of(
        new Text(monthAndYear(frame.first()), "start", new Point(frame.left(), y)),
        new Text(monthAndYear(month), "end", new Point(frame.end(), y)));
  }

  private @Nullable Text crossing(PrintedRow model, Frame frame) {
    if (!"overtaken".equals(model.text("status"))) {
      return null;
    }
    LocalDate at = model.day("overtaken_month");
    double x = frame.x(at);
    boolean turned = x > frame.left() + frame.width() / 2;
    return new Text(
        words.say("overtaken in {0}", monthAndYear(at)),
        turned ? "end" : "start",
        new Point(x, frame.top() + PLOT_TOP));
  }

  private String monthAndYear(LocalDate day) {
    return figures.shortMonth(day) + " " + day.getYear();
  }
}
