package costlake.report;

import costlake.report.WaterfallChart.Step;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws how the kinds of cost add up to the total. */
final class BridgeChart {
  private final FigureFormat figures;
  private final StatementTexts words;

  BridgeChart(FigureFormat figures, StatementTexts words) {
    this.figures = figures;
    this.words = words;
  }

  /** Returns the chart; null if there are no lines. */
  @Nullable Chart chart(List<PrintedRow> lines, BigDecimal total) {
    if (lines.isEmpty()) {
      return null;
    }
    List<Step> steps = lines.stream().map(this::step).toList();
    return new WaterfallChart(figures, words, steps, total(total)).chart();
  }

  private Step step(PrintedRow line) {
    String kind = line.text("name");
    BigDecimal cost = line.decimal("cost_shown");
    return new Step(words.kind(kind), cost, figures.whole(cost), ChartColours.kind(kind));
  }

  private Step total(BigDecimal total) {
    return new Step(words.say("Total"), total, figures.whole(total), ChartColours.INK);
  }
}
