package costlake.site;

import costlake.report.FigureFormat;
import costlake.report.SafeNames;
import costlake.report.Statement;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The teams of the company in one currency.
 *
 * @param total total of the company's statement, rounded once; the rounded totals of the teams may
 *     sum to a cent more or less
 * @param billed billed cost of the company's statement, before purchases are amortised
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

  static Overview of(Statement.Head company, List<Statement.Head> teams) {
    List<Statement.Head> largestFirst =
        teams.stream()
            .sorted(
                Comparator.comparing(Statement.Head::total)
                    .reversed()
                    .thenComparing(head -> head.receiver().id()))
            .toList();
    BigDecimal largest =
        teams.stream().map(Statement.Head::total).reduce(BigDecimal.ZERO, BigDecimal::max);
    return new Overview(
        company.currency(),
        teams.size(),
        company.total(),
        company.billed(),
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
}
