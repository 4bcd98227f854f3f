package costlake.page;

import costlake.config.Required;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a page prints of a reporting table.
 *
 * @param table name of the table, without its schema
 * @param sheet position among the sheets that are attached to a statement
 * @param title English name of the sheet in the workbook, at most 31 characters; default: the name
 *     of the table in words
 * @param codes columns with codes, each with the list that has their words ({@code
 *     reports/codes.yml}); the workbook says these
 * @param codesOfBreakdown the same for the rows of one breakdown, by its name
 * @param order columns by which the rows of a statement are sorted; default: the position of lines,
 *     the period of a series
 * @param columns columns for templates and for the sheet, besides those of the receiver; those of a
 *     table that the page declares. A closed month may lack some of them
 * @param months how many months of rows templates read, up to the month of the statement; default:
 *     1. The sheet has only the rows of that month
 * @param teamRows name by which templates read, in the statement of the company, the rows of all
 *     teams; null if they do not
 * @param explain how a line is explained; null if the rows have no id
 * @param lines what the lines of the table are, unless a model makes them
 * @param series what the rows of the table are, one for each period, unless a model makes them
 */
public record PageTable(
    @Required String table,
    @Required Integer sheet,
    @Nullable String title,
    Map<String, String> codes,
    Map<String, Map<String, String>> codesOfBreakdown,
    List<String> order,
    List<String> columns,
    @Nullable Integer months,
    @Nullable String teamRows,
    @Nullable LineExplanation explain,
    @Nullable DeclaredRows lines,
    @Nullable DeclaredRows series) {
  public PageTable {
    months = months == null ? 1 : months;
    codes = Map.copyOf(codes);
    codesOfBreakdown = Map.copyOf(codesOfBreakdown);
    if (lines != null && series != null) {
      throw new IllegalArgumentException("has 'lines' and 'series'; remove one of them");
    }
    if (lines != null) {
      lines.mustBeLines();
    }
    if (series != null) {
      series.mustBeSeries();
    }
    DeclaredRows rows = lines == null ? series : lines;
    order = rows == null || !order.isEmpty() ? List.copyOf(order) : rows.printOrder();
    columns = rows == null ? List.copyOf(columns) : printed(rows, columns);
    if (order.isEmpty() || columns.isEmpty()) {
      throw new IllegalArgumentException("needs 'order' and 'columns', or 'lines' or 'series'");
    }
    if (explain != null && rows != null && !rows.hasIds()) {
      throw new IllegalArgumentException("'explain' needs lines with a 'letter'");
    }
    explain = explain == null ? null : explain.of(rows);
  }

  private static List<String> printed(DeclaredRows rows, List<String> written) {
    if (!written.isEmpty()) {
      throw new IllegalArgumentException("'columns' are those that the table declares");
    }
    return Stream.concat(rows.lineColumns().stream(), rows.ownColumns().map(DeclaredColumn::name))
        .distinct()
        .toList();
  }

  /** Returns this table with the figures of the page that it has. */
  PageTable with(Map<String, SharedFigures> figures) {
    return declared().map(DeclaredRows::figures).isEmpty()
        ? this
        : new PageTable(
            table,
            sheet,
            title,
            codes,
            codesOfBreakdown,
            order,
            List.of(),
            months,
            teamRows,
            explain,
            lines == null ? null : lines.with(figures),
            series == null ? null : series.with(figures));
  }

  /** Returns the rows that the page declares; empty if a model makes them. */
  public Optional<DeclaredRows> declared() {
    return Optional.ofNullable(lines == null ? series : lines);
  }

  /** Returns the name of the table with its schema. */
  public String relation() {
    return "reporting." + table;
  }
}
