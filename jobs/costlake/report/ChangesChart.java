package costlake.report;

import costlake.report.WaterfallChart.Step;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Draws the effects that changed the total since the month before. */
final class ChangesChart {
  private final FigureFormat figures;
  private final StatementTexts words;

  ChangesChart(FigureFormat figures, StatementTexts words) {
    this.figures = figures;
    this.words = words;
  }

  /** Returns the chart; null if there are no changes. */
  @Nullable Chart chart(List<PrintedRow> effects) {
    if (effects.isEmpty()) {
      return null;
    }
    List<Step> steps = effects.stream().map(this::step).toList();
    return new WaterfallChart(figures, words, steps, total(steps)).chart();
  }

  private Step step(PrintedRow effect) {
    BigDecimal change = effect.decimal("change_shown");
    String fill = change.signum() > 0 ? ChartColours.RISE : ChartColours.FALL;
    return new Step(words.kind(effect.text("basis")), change, figures.rise(change), fill);
  }

  private Step total(List<Step> steps) {
    BigDecimal all = steps.stream().map(Step::cost).reduce(BigDecimal.ZERO, BigDecimal::add);
    return new Step(words.say("Change"), all, figures.rise(all), ChartColours.INK);
  }
}
