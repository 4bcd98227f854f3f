package costlake.report;

import costlake.report.WaterfallChart.Step;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
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
  @Nullable Chart chart(List<Statement.Line> lines, BigDecimal total) {
    if (lines.isEmpty()) {
      return null;
    }
    List<Step> steps = lines.stream().map(this::step).toList();
    return new WaterfallChart(figures, words, steps, total(total)).chart();
  }

  private Step step(Statement.Line line) {
    String kind = Objects.requireNonNull(line.name());
    return new Step(
        words.kind(kind), line.cost(), figures.whole(line.cost()), ChartColours.kind(kind));
  }

  private Step total(BigDecimal total) {
    return new Step(words.say("Your statement"), total, figures.whole(total), ChartColours.INK);
  }
}
