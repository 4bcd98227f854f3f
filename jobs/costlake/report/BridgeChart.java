package costlake.report;

import costlake.report.WaterfallChart.Step;
import java.math.BigDecimal;
import java.util.List;

/** The composition of the total by kind of cost. */
final class BridgeChart {
  private final FigureFormat figures;
  private final StatementTexts words;

  BridgeChart(FigureFormat figures, StatementTexts words) {
    this.figures = figures;
    this.words = words;
  }

  /** The chart; null if there is nothing to show. */
  Chart chart(List<Statement.Line> lines, BigDecimal total) {
    if (lines.isEmpty()) {
      return null;
    }
    List<Step> steps = lines.stream().map(this::step).toList();
    return new WaterfallChart(figures, words, steps, total(total)).chart();
  }

  private Step step(Statement.Line line) {
    return new Step(
        words.kind(line.name()),
        line.cost(),
        figures.whole(line.cost()),
        ChartColours.kind(line.name()));
  }

  private Step total(BigDecimal total) {
    return new Step(words.say("Your statement"), total, figures.whole(total), ChartColours.INK);
  }
}
