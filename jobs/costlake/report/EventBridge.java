package costlake.report;

import costlake.report.Chart.Box;
import costlake.report.Chart.Mark;
import costlake.report.Chart.Point;
import costlake.report.Scale.Span;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The way from the total of the month before to the total of a month: the calendar, the largest
 * events, everything else. Each step has a bar that begins where the bar above ends.
 */
final class EventBridge {
  private static final int EVENTS_MAX = 6;
  private static final int BAR_WIDTH = 150;
  private static final int BAR_HEIGHT = 11;
  private static final double THINNEST = 1;
  private static final double INSET = 1;

  private final FigureFormat figures;
  private final StatementTexts words;
  private final EventTexts texts;
  private final List<PrintedRow> events;

  EventBridge(Statement statement, FigureFormat figures, StatementTexts words) {
    this.figures = figures;
    this.words = words;
    this.texts = new EventTexts(statement, figures, words);
    this.events =
        statement.rows("events").stream()
            .filter(event -> EventTexts.change(event).signum() != 0)
            .toList();
  }

  /**
   * A row of the bridge.
   *
   * @param days days on which it happened; empty if it has none
   * @param where where to look for its cause; empty if that is not known
   * @param row the event; null if the row sums several events
   */
  record Step(
      String what,
      String days,
      String where,
      BigDecimal change,
      @Nullable PrintedRow row,
      Bar bar) {}

  /**
   * The bar of a row.
   *
   * @param text its money, and the money of all rows so far
   * @param zero position of no change
   */
  record Bar(String text, String zero, Mark mark) {
    public int width() {
      return BAR_WIDTH;
    }

    public int height() {
      return BAR_HEIGHT;
    }
  }

  private record Part(String what, String days, BigDecimal change, @Nullable PrintedRow row) {}

  /** Returns the steps of the bridge; none if no event is known. */
  public List<Step> steps() {
    List<PrintedRow> named = named();
    if (named.size() <= EVENTS_MAX) {
      return steps(events.stream().map(this::part).toList());
    }
    Part further = further(named.subList(EVENTS_MAX, named.size()));
    return steps(
        Stream.of(
                events.stream().filter(EventTexts::isCalendar).map(this::part),
                named.stream().limit(EVENTS_MAX).map(this::part),
                Stream.of(further),
                events.stream().filter(EventTexts::isRemainder).map(this::part))
            .flatMap(each -> each)
            .toList());
  }

  /** Returns the events that the bridge has only in a sum; none if it has all. */
  public List<Step> further() {
    List<PrintedRow> named = named();
    return steps(named.stream().skip(EVENTS_MAX).map(this::part).toList());
  }

  private List<PrintedRow> named() {
    return events.stream().filter(EventTexts::isNamed).toList();
  }

  private Part part(PrintedRow event) {
    return new Part(texts.what(event), texts.days(event), EventTexts.change(event), event);
  }

  private Part further(List<PrintedRow> rest) {
    BigDecimal sum = rest.stream().map(EventTexts::change).reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Part(words.say("Further events ({0})", rest.size()), "", sum, null);
  }

  private List<Step> steps(List<Part> parts) {
    Scale scale = scale(parts);
    List<Step> steps = new ArrayList<>();
    BigDecimal from = BigDecimal.ZERO;
    for (Part part : parts) {
      BigDecimal to = from.add(part.change());
      Bar bar = bar(part, from, to, scale);
      steps.add(step(part, bar));
      from = to;
    }
    return steps;
  }

  private Step step(Part part, Bar bar) {
    PrintedRow row = part.row();
    String where = row == null ? "" : texts.where(row);
    return new Step(part.what(), part.days(), where, part.change(), row, bar);
  }

  private static Scale scale(List<Part> parts) {
    List<Span> spans = new ArrayList<>();
    double from = 0;
    for (Part part : parts) {
      double to = from + part.change().doubleValue();
      spans.add(new Span(from, to));
      from = to;
    }
    return Scale.of(spans, BAR_WIDTH - INSET, INSET);
  }

  private Bar bar(Part part, BigDecimal from, BigDecimal to, Scale scale) {
    double left = scale.y(from.min(to).doubleValue());
    double width = Math.max(THINNEST, scale.y(from.max(to).doubleValue()) - left);
    Box box = new Box(new Point(Math.min(left, BAR_WIDTH - THINNEST), 0), width, BAR_HEIGHT);
    String text =
        words.say("{0}, with the rows above {1}", figures.rise(part.change()), figures.rise(to));
    return new Bar(
        text, Chart.coordinate(scale.y(0)), Mark.unlabelled(box, fill(part), Chart.OPAQUE, text));
  }

  private static String fill(Part part) {
    if (part.row() != null && EventTexts.isCalendar(part.row())) {
      return ChartColours.UNKNOWN;
    }
    return part.change().signum() > 0 ? ChartColours.RISE : ChartColours.FALL;
  }
}
