package costlake.report;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import costlake.report.Chart.Box;
import costlake.report.Chart.Mark;
import costlake.report.Chart.Point;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Draws the attempts of each run as a strip of time, from the start of the run to its end. Work
 * that was lost is lower and in the warning colour; an interruption is a gap.
 */
final class RunStrips {
  private static final int WIDTH = 168;
  private static final int HEIGHT = 13;
  private static final double LOW = 7;
  private static final double THINNEST = 1;
  private static final String UNKNOWN = "unknown";
  private static final Map<String, String> FILLS =
      Map.of(
          "kept",
          ChartColours.ACTIVE,
          "lost",
          ChartColours.IDLE,
          "running",
          ChartColours.ALLOCATED,
          UNKNOWN,
          ChartColours.UNKNOWN);

  private final FigureFormat figures;
  private final StatementTexts words;
  private final Map<String, List<PrintedRow>> runs;

  RunStrips(List<PrintedRow> stretches, FigureFormat figures, StatementTexts words) {
    this.figures = figures;
    this.words = words;
    this.runs =
        stretches.stream()
            .collect(groupingBy(row -> row.text("run_id"), TreeMap::new, Collectors.toList()));
  }

  /**
   * The strip of a run.
   *
   * @param text how its attempts ended, in words
   * @param marks stretches of time
   */
  record Strip(String text, List<Mark> marks) {
    public int width() {
      return WIDTH;
    }

    public int height() {
      return HEIGHT;
    }
  }

  /** Returns the strip of a line; null if the line is not one run, or its times are unknown. */
  public @Nullable Strip of(PrintedRow line) {
    String run = line.textOrNull("run_id");
    List<PrintedRow> stretches = run == null ? null : runs.get(run);
    return stretches == null
        ? null
        : new Strip(outcomes(stretches), stretches.stream().map(this::mark).toList());
  }

  private Mark mark(PrintedRow stretch) {
    String kind = stretch.text("stretch_kind");
    double from = WIDTH * stretch.decimal("from_ratio").doubleValue();
    double until = WIDTH * stretch.decimal("until_ratio").doubleValue();
    double height = "lost".equals(kind) ? LOW : HEIGHT;
    double left = Math.min(from, WIDTH - THINNEST);
    Box box = new Box(new Point(left, HEIGHT - height), Math.max(until - left, THINNEST), height);
    return Mark.unlabelled(
        box, FILLS.getOrDefault(kind, ChartColours.UNKNOWN), Chart.OPAQUE, title(stretch));
  }

  private String title(PrintedRow stretch) {
    return words.say(
        "Attempt {0}: {1}, {2} hours",
        stretch.number("attempt"),
        words.stretch(stretch.text("stretch_kind")),
        figures.units(stretch.decimalOrNull("hours")));
  }

  /** Says how many attempts ended in which way, in the order in which they first did. */
  private String outcomes(List<PrintedRow> stretches) {
    Map<Integer, String> attempts = new TreeMap<>();
    stretches.forEach(row -> attempts.put(row.number("attempt"), status(row)));
    Map<String, Long> counts =
        attempts.values().stream()
            .collect(groupingBy(status -> status, LinkedHashMap::new, counting()));
    return counts.entrySet().stream()
        .map(
            each ->
                (each.getValue() == 1 ? "" : each.getValue() + "\u00a0\u00d7\u00a0")
                    + each.getKey())
        .collect(joining(", "));
  }

  private String status(PrintedRow stretch) {
    String status = stretch.textOrNull("status");
    return words.status(status == null ? UNKNOWN : status);
  }
}
