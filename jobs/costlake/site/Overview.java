package costlake.site;

import costlake.report.FigureFormat;
import costlake.report.SafeNames;
import costlake.report.Statement;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The totals of all teams in one currency.
 *
 * @param billed billed cost, before purchases are amortised
 */
public record Overview(
    String code, int teams, BigDecimal total, BigDecimal billed, List<Overview.Row> rows) {

  /**
   * The row of a team.
   *
   * @param share the team's total as a share of the largest total; null when the largest total is
   *     not above zero
   */
  public record Row(
      String href,
      String name,
      @Nullable String costCentre,
      BigDecimal total,
      @Nullable BigDecimal previous,
      @Nullable BigDecimal share) {
    /** Returns the width of the bar of the team, from 0 to 100. */
    public String width() {
      return share == null ? "0" : share.max(BigDecimal.ZERO).movePointRight(2).toPlainString();
    }
  }

  static Overview of(String currency, List<Statement.Head> heads) {
    List<Statement.Head> largestFirst =
        heads.stream()
            .sorted(
                Comparator.comparing(Statement.Head::total)
                    .reversed()
                    .thenComparing(head -> head.receiver().id()))
            .toList();
    BigDecimal largest = largestFirst.get(0).total();
    return new Overview(
        currency,
        heads.size(),
        sum(heads.stream().map(Statement.Head::total).toList()),
        sum(heads.stream().map(Statement.Head::billed).toList()),
        largestFirst.stream().map(head -> row(head, largest)).toList());
  }

  private static Row row(Statement.Head head, BigDecimal largest) {
    return new Row(
        SafeNames.folder(head.receiver().id()) + "/index.html",
        head.receiver().title(),
        head.costCentre(),
        head.total(),
        head.previous(),
        largest.signum() > 0 ? FigureFormat.ratio(head.total(), largest) : null);
  }

  private static BigDecimal sum(List<BigDecimal> money) {
    return money.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }
}
