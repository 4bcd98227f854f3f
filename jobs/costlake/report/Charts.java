package costlake.report;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Computes the position of each mark of a chart. The templates draw the marks and decide nothing.
 */
final class Charts {
  private static final String INK = "#1b2326";
  private static final String RISE = "#0b5d5e";
  private static final String FALL = "#8fbdb8";
  private static final List<String> SERIES =
      List.of("#0b5d5e", "#3f8f88", "#8fbdb8", "#c9b27c", "#9aa5a6", "#5c6b73");
  private static final Map<String, String> BRIDGE_COLOURS =
      Map.of("direct", "#0b5d5e", "shared", "#3f8f88", "idle", "#c9b27c", "credit", "#b4541a");
  private static final int WIDTH = 680;
  private static final int LABEL_ROOM = 18;
  private static final int SHORTEST_MARK = 1;
  private static final int GRIDLINES = 5;

  private final FigureFormat figures;
  private final StatementTexts words;

  Charts(FigureFormat figures, StatementTexts words) {
    this.figures = figures;
    this.words = words;
  }

  /** A rectangle with its text. Coordinates are text, so that no locale or exponent gets in. */
  record Mark(
      String label,
      String value,
      String x,
      String y,
      String width,
      String height,
      String fill,
      String opacity,
      String middle,
      String valueY,
      String title,
      boolean strong) {}

  /** A line across with its figure. */
  record Grid(String y, String label, String textY) {}

  /**
   * A chart: its size, its description in words, its marks.
   *
   * @param turn where months begin that do not compare with those before; null without such
   */
  record Chart(
      int width,
      int height,
      String text,
      String base,
      List<Mark> marks,
      List<Mark> joints,
      List<Grid> grid,
      List<Mark> legend,
      String turn) {}

  /** A bar of a waterfall. */
  private record Step(String label, BigDecimal cost, String figure, String fill) {}

  /** The composition of the total. Null if there is nothing to show. */
  Chart bridge(List<Statement.Line> lines, BigDecimal total) {
    List<Step> steps = new ArrayList<>();
    for (Statement.Line line : lines) {
      String fill = BRIDGE_COLOURS.getOrDefault(line.name(), "#9aa5a6");
      String label = words.kind(line.name());
      steps.add(new Step(label, line.cost(), figures.whole(line.cost()), fill));
    }
    return waterfall(
        steps, new Step(words.say("Your statement"), total, figures.whole(total), INK));
  }

  /** The changes of the total since the month before. Null if there are none. */
  Chart changes(List<Statement.Change> effects) {
    List<Step> steps = new ArrayList<>();
    BigDecimal all = BigDecimal.ZERO;
    for (Statement.Change effect : effects) {
      BigDecimal change = effect.change();
      String fill = change.signum() > 0 ? RISE : FALL;
      steps.add(new Step(words.kind(effect.basis()), change, figures.rise(change), fill));
      all = all.add(change);
    }
    return waterfall(steps, new Step(words.say("Change"), all, figures.rise(all), INK));
  }

  /** Steps one upon the other, and what they come to from zero. */
  private Chart waterfall(List<Step> steps, Step total) {
    if (steps.isEmpty()) {
      return null;
    }
    int height = 126;
    List<double[]> spans = new ArrayList<>();
    double run = 0;
    for (Step step : steps) {
      double next = run + step.cost().doubleValue();
      spans.add(new double[] {run, next});
      run = next;
    }
    spans.add(new double[] {0, total.cost().doubleValue()});
    Scale scale = Scale.of(spans, LABEL_ROOM, height - 32);
    double pitch = (double) WIDTH / spans.size();
    List<Mark> marks = new ArrayList<>();
    List<Mark> joints = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < spans.size(); i++) {
      boolean last = i == steps.size();
      Step step = last ? total : steps.get(i);
      double[] span = spans.get(i);
      double top = scale.y(Math.max(span[0], span[1]));
      double size = Math.max(SHORTEST_MARK, scale.y(Math.min(span[0], span[1])) - top);
      double x = i * pitch + pitch * 0.13;
      marks.add(
          new Mark(
              step.label(),
              step.figure(),
              at(x),
              at(top),
              at(pitch * 0.74),
              at(size),
              step.fill(),
              "1",
              at(x + pitch * 0.37),
              at(top - 5),
              step.label() + " " + figures.money(step.cost()),
              last));
      if (!last) {
        joints.add(joint(x + pitch * 0.74, scale.y(span[1]), pitch * 0.26));
      }
      text.append(i == 0 ? "" : last ? "; " + words.say("in all") + " " : ", ")
          .append(last ? "" : step.label() + " ")
          .append(step.figure());
    }
    return new Chart(
        WIDTH, height, text.toString(), at(scale.y(0)), marks, joints, List.of(), List.of(), null);
  }

  private static Mark joint(double x, double y, double width) {
    return new Mark("", "", at(x), at(y), at(x + width), at(y), INK, "1", "", "", "", false);
  }

  /**
   * Months stacked by series, the last of them darker; null without history.
   *
   * @param since the month from which on they compare with each other; null when all do
   */
  Chart history(List<Statement.Month> rows, LocalDate current, LocalDate since) {
    if (rows.isEmpty()) {
      return null;
    }
    int height = 190;
    Map<Integer, String> series = new TreeMap<>();
    Map<LocalDate, List<Statement.Month>> months = new TreeMap<>();
    for (Statement.Month row : rows) {
      series.put(row.position(), row.series());
      months.computeIfAbsent(row.month(), m -> new ArrayList<>()).add(row);
    }
    List<double[]> spans = new ArrayList<>();
    months.values().forEach(m -> spans.add(new double[] {sum(m, -1), sum(m, 1)}));
    Scale scale = Scale.of(spans, LABEL_ROOM, height - 34);
    double left = 44;
    double step = (WIDTH - left) / months.size();
    double bar = Math.min(step * 0.7, 60);
    List<Mark> marks = new ArrayList<>();
    List<Mark> labels = new ArrayList<>();
    String turn = null;
    int i = 0;
    for (Map.Entry<LocalDate, List<Statement.Month>> month : months.entrySet()) {
      double x = left + i * step + (step - bar) / 2;
      boolean now = month.getKey().equals(current);
      turn = month.getKey().equals(since) ? at(left + i * step) : turn;
      stack(month.getValue(), scale, x, bar, now, marks);
      labels.add(monthLabel(month.getKey(), i == 0, x + bar / 2, height, now));
      i++;
    }
    String text =
        words.say(
            "{0} to {1}; the last month came to {2}, the first to {3}",
            figures.month(months.keySet().iterator().next()),
            figures.month(current),
            figures.whole(total(months.get(current))),
            figures.whole(total(months.values().iterator().next())));
    return new Chart(
        WIDTH,
        height,
        text,
        at(scale.y(0)),
        marks,
        labels,
        scale.grid(figures),
        legend(series.values()),
        turn);
  }

  private void stack(
      List<Statement.Month> parts,
      Scale scale,
      double x,
      double bar,
      boolean now,
      List<Mark> marks) {
    double up = 0;
    double down = 0;
    for (Statement.Month part : parts) {
      double value = part.cost().doubleValue();
      double from = value < 0 ? down : up;
      double to = from + value;
      double top = scale.y(Math.max(from, to));
      marks.add(
          new Mark(
              "",
              "",
              at(x),
              at(top),
              at(bar),
              at(scale.y(Math.min(from, to)) - top),
              SERIES.get(part.position() % SERIES.size()),
              now ? "1" : "0.72",
              "",
              "",
              figures.month(part.month()) + ", " + part.series() + " " + figures.money(part.cost()),
              now));
      if (value < 0) {
        down = to;
      } else {
        up = to;
      }
    }
  }

  private Mark monthLabel(LocalDate month, boolean first, double middle, int height, boolean now) {
    String year = first || month.getMonthValue() == 1 ? Integer.toString(month.getYear()) : "";
    return new Mark(
        figures.shortMonth(month),
        year,
        at(middle),
        at(height - 18),
        "",
        "",
        INK,
        "1",
        at(middle),
        at(height - 5),
        "",
        now);
  }

  private static List<Mark> legend(Iterable<String> names) {
    List<Mark> legend = new ArrayList<>();
    int i = 0;
    for (String name : names) {
      String shown = SafeNames.shorten(SafeNames.plain(name), 26);
      legend.add(
          new Mark(
              shown, "", "", "", "", "", SERIES.get(i % SERIES.size()), "1", "", "", name, false));
      i++;
    }
    return legend;
  }

  /** Provisioned, allocated and active hours of each accelerator model, one bar inside another. */
  Chart accelerators(List<Statement.Accelerator> rows) {
    List<Statement.Accelerator> shown = rows.stream().limit(8).toList();
    double longest =
        shown.stream()
            .flatMap(a -> Stream.of(zero(a.provisioned()), zero(a.allocated())))
            .mapToDouble(BigDecimal::doubleValue)
            .max()
            .orElse(0);
    if (longest <= 0) {
      return null;
    }
    int pitch = 32;
    double left = 120;
    double room = 400;
    List<Mark> marks = new ArrayList<>();
    StringBuilder text =
        new StringBuilder(words.say("Share of provisioned hours that were active:")).append(' ');
    for (int i = 0; i < shown.size(); i++) {
      Statement.Accelerator a = shown.get(i);
      double y = i * pitch + 6;
      String share = figures.percent(FigureFormat.ratio(a.active(), a.provisioned()));
      double end =
          left
              + room
                  * Math.max(zero(a.provisioned()).doubleValue(), zero(a.allocated()).doubleValue())
                  / longest;
      marks.add(
          bar(
              a.model(),
              activity(a, share),
              left,
              y,
              room * zero(a.provisioned()).doubleValue() / longest,
              20,
              "#dfe5e5",
              end,
              figures.units(a.provisioned())));
      marks.add(
          bar(
              "",
              "",
              left,
              y,
              room * zero(a.allocated()).doubleValue() / longest,
              20,
              "#8fbdb8",
              end,
              figures.units(a.allocated())));
      marks.add(
          bar(
              "",
              "",
              left,
              y + 6,
              room * zero(a.active()).doubleValue() / longest,
              8,
              "#0b5d5e",
              end,
              figures.units(a.active())));
      text.append(i == 0 ? "" : ", ").append(a.model()).append(' ').append(share);
    }
    return new Chart(
        WIDTH,
        shown.size() * pitch + 4,
        text.toString(),
        "",
        marks,
        List.of(),
        List.of(),
        List.of(),
        null);
  }

  private String activity(Statement.Accelerator a, String share) {
    if (!a.isHeld()) {
      return words.say("held by nobody");
    }
    return a.active() == null ? words.say("activity not measured") : words.say("{0} active", share);
  }

  private Mark bar(
      String label,
      String value,
      double x,
      double y,
      double width,
      double height,
      String fill,
      double end,
      String title) {
    return new Mark(
        SafeNames.shorten(SafeNames.plain(label), 20),
        value,
        at(x),
        at(y),
        at(width),
        at(height),
        fill,
        "1",
        at(end + 8),
        at(y + 14),
        words.say("{0} hours", title),
        false);
  }

  /** Accelerators idle by day of the week and hour of the day; null when there were none. */
  Chart clock(List<Statement.IdleHour> hours) {
    double most = hours.stream().mapToDouble(h -> h.accelerators().doubleValue()).max().orElse(0);
    if (most <= 0) {
      return null;
    }
    List<String> days = figures.weekdays();
    int cell = 26;
    int rowHeight = 17;
    List<Mark> marks = new ArrayList<>();
    Statement.IdleHour worst = hours.get(0);
    for (Statement.IdleHour h : hours) {
      worst = h.accelerators().compareTo(worst.accelerators()) > 0 ? h : worst;
      double opacity = 0.06 + 0.94 * h.accelerators().doubleValue() / most;
      marks.add(
          new Mark(
              "",
              "",
              at(40 + h.hour() * cell),
              at((h.weekday() - 1) * rowHeight),
              at(cell - 1),
              at(rowHeight - 1),
              "#b4541a",
              String.format(Locale.ROOT, "%.2f", opacity),
              "",
              "",
              words.say(
                  "{0} {1}:00, {2} idle",
                  days.get(h.weekday() - 1), h.hour(), figures.units(h.accelerators())),
              false));
    }
    List<Mark> labels = new ArrayList<>();
    for (int d = 0; d < days.size(); d++) {
      labels.add(
          new Mark(
              days.get(d), "", "0", at(d * rowHeight + 12), "", "", INK, "1", "", "", "", false));
    }
    for (int h = 0; h < 24; h += 6) {
      labels.add(
          new Mark(
              "%02d:00".formatted(h),
              "",
              at(40 + h * cell),
              at(7 * rowHeight + 12),
              "",
              "",
              INK,
              "1",
              "",
              "",
              "",
              false));
    }
    String text =
        words.say(
            "Most stood idle on {0} at {1}:00 UTC: {2} accelerators on average",
            days.get(worst.weekday() - 1),
            "%02d".formatted(worst.hour()),
            figures.units(worst.accelerators()));
    return new Chart(
        WIDTH, 7 * rowHeight + 18, text, "", marks, labels, List.of(), List.of(), null);
  }

  private static BigDecimal zero(BigDecimal value) {
    return value == null ? BigDecimal.ZERO : value;
  }

  private static double sum(List<Statement.Month> rows, int sign) {
    return rows.stream()
        .map(Statement.Month::cost)
        .filter(c -> c.signum() == sign)
        .mapToDouble(BigDecimal::doubleValue)
        .sum();
  }

  private static BigDecimal total(List<Statement.Month> rows) {
    return rows == null
        ? null
        : rows.stream().map(Statement.Month::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static String at(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  /** From money to height on the page; zero is always on it. */
  private record Scale(double low, double high, double top, double bottom) {
    static Scale of(List<double[]> spans, double top, double bottom) {
      double low = 0;
      double high = 0;
      for (double[] span : spans) {
        low = Math.min(low, Math.min(span[0], span[1]));
        high = Math.max(high, Math.max(span[0], span[1]));
      }
      return new Scale(low, high == low ? low + 1 : high, top, bottom);
    }

    double y(double value) {
      return bottom - (value - low) / (high - low) * (bottom - top);
    }

    List<Grid> grid(FigureFormat figures) {
      double raw = (high - low) / GRIDLINES;
      double ten = Math.pow(10, Math.floor(Math.log10(raw)));
      double step =
          raw / ten > 5 ? 10 * ten : raw / ten > 2 ? 5 * ten : raw / ten > 1 ? 2 * ten : ten;
      List<Grid> lines = new ArrayList<>();
      for (double value = Math.ceil(low / step) * step;
          value <= high + step * 0.001;
          value += step) {
        double shown = step >= 1000 ? value / 1000 : value;
        String unit = step >= 1000 && value != 0 ? "k" : "";
        BigDecimal figure = BigDecimal.valueOf(shown);
        String label = step < 1 ? figures.fine(figure) : figures.whole(figure) + unit;
        lines.add(new Grid(at(y(value)), label, at(y(value) + 3)));
      }
      return lines;
    }
  }
}
