package costlake.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.DoubleStream;

/** Converts money to a vertical position in a chart. The scale always includes zero. */
record Scale(double low, double high, double top, double bottom) {
  private static final int GRIDLINES = 5;
  private static final int THOUSAND = 1000;
  private static final int TEXT_BELOW_LINE = 3;

  /** The values that a bar covers, from its start to its end. */
  record Span(double from, double to) {
    double low() {
      return Math.min(from, to);
    }

    double high() {
      return Math.max(from, to);
    }
  }

  static Scale of(List<Span> spans, double top, double bottom) {
    double low = Math.min(0, spans.stream().mapToDouble(Span::low).min().orElse(0));
    double high = Math.max(0, spans.stream().mapToDouble(Span::high).max().orElse(0));
    return new Scale(low, high == low ? low + 1 : high, top, bottom);
  }

  double y(double value) {
    return bottom - (value - low) / (high - low) * (bottom - top);
  }

  /** Returns grid lines at round figures. */
  List<Chart.Grid> grid(FigureFormat figures) {
    double step = step();
    return DoubleStream.iterate(
            Math.ceil(low / step) * step, v -> v <= high + step * 0.001, v -> v + step)
        .mapToObj(value -> line(value, step, figures))
        .toList();
  }

  /** Returns the distance between two lines: one, two or five times a power of ten. */
  private double step() {
    double raw = (high - low) / GRIDLINES;
    double ten = Math.pow(10, Math.floor(Math.log10(raw)));
    return DoubleStream.of(1, 2, 5).filter(n -> raw / ten <= n).findFirst().orElse(10) * ten;
  }

  private Chart.Grid line(double value, double step, FigureFormat figures) {
    return Chart.Grid.of(label(value, step, figures), y(value), TEXT_BELOW_LINE);
  }

  private static String label(double value, double step, FigureFormat figures) {
    boolean thousands = step >= THOUSAND;
    BigDecimal figure = BigDecimal.valueOf(thousands ? value / THOUSAND : value);
    String unit = thousands && value != 0 ? "k" : "";
    return step < 1 ? figures.fine(figure) : figures.whole(figure) + unit;
  }
}
