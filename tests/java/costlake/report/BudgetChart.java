package costlake.report;

import static java.util.stream.Collectors.joining;

import costlake.report.Chart.Axis;
import costlake.report.Chart.Box;
import costlake.report.Chart.Label;
import costlake.report.Chart.Mark;
import costlake.report.Chart.Point;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;

/** Draws each budget as a bar from the middle of the chart. */
final class BudgetChart {
  private static final int PITCH = 20;
  private static final int BAR = 14;

  private final FigureFormat figures;
  private final int width;

  BudgetChart(FigureFormat figures, int width) {
    this.figures = figures;
    this.width = width;
  }

  Chart chart(List<PrintedRow> budgets) {
    double most = budgets.stream().mapToDouble(row -> money(row).doubleValue()).max().orElse(1);
    List<Mark> marks =
        IntStream.range(0, budgets.size())
            .mapToObj(i -> mark(budgets.get(i), i * PITCH, most))
            .toList();
    int height = budgets.size() * PITCH;
    return new Chart(
        width, height, text(budgets), Axis.NONE, marks, List.of(), List.of(), List.of());
  }

  private Mark mark(PrintedRow budget, int top, double most) {
    double start = width / 2.0;
    Box box = new Box(new Point(start, top), start * money(budget).doubleValue() / most, BAR);
    Label label = new Label(name(budget), "", new Point(0, top + BAR), false);
    return new Mark(box, ChartColours.ALLOCATED, Chart.OPAQUE, text(budget), label);
  }

  private String text(List<PrintedRow> budgets) {
    return budgets.stream().map(this::text).collect(joining(", "));
  }

  private String text(PrintedRow budget) {
    return name(budget) + " " + figures.whole(money(budget));
  }

  private static String name(PrintedRow budget) {
    return SafeNames.plain(budget.text("budget_name"));
  }

  private static BigDecimal money(PrintedRow budget) {
    return budget.decimal("budget_shown");
  }
}
