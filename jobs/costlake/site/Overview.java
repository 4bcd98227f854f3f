package costlake.site;

import costlake.report.FigureFormat;
import costlake.report.SafeNames;
import costlake.report.Statement;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The statements of a month in one currency.
 *
 * @param total total of the company's statement, rounded once; the rounded totals of the teams may
 *     sum to a cent more or less
 * @param previous total of the company's statement of the month before; null if there is none
 * @param billed billed cost of the company's statement, before purchases are amortised
 * @param groups the company, then cost centres and projects, the largest first
 * @param rows the teams, the largest first
 */
public record Overview(
    String code,
    int teams,
    BigDecimal total,
    @Nullable BigDecimal previous,
    BigDecimal billed,
    List<Overview.Row> groups,
    List<Overview.Row> rows) {

  /**
   * The row of a statement.
   *
   * @param share the total as a share of the largest total of such statements; null when the
   *     largest total is not above zero
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

  static Overview of(
      Statement.Head company, List<Statement.Head> groups, List<Statement.Head> teams) {
    Stream<Statement.Head> others = largestFirst(groups).filter(group -> !group.equals(company));
    return new Overview(
        company.currency(),
        teams.size(),
        company.total(),
        company.previous(),
        company.billed(),
        rows(Stream.concat(Stream.of(company), others)),
        rows(largestFirst(teams)));
  }

  private static Stream<Statement.Head> largestFirst(List<Statement.Head> heads) {
    return heads.stream()
        .sorted(
            Comparator.comparing(Statement.Head::total)
                .reversed()
                .thenComparing(head -> head.receiver().id()));
  }

  private static List<Row> rows(Stream<Statement.Head> heads) {
    List<Statement.Head> all = heads.toList();
    BigDecimal largest =
        all.stream().map(Statement.Head::total).reduce(BigDecimal.ZERO, BigDecimal::max);
    return all.stream().map(head -> row(head, largest)).toList();
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
