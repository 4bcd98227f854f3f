package costlake.core;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Rounds the cells of a table so that its rows and its columns sum to totals that are rounded
 * already.
 *
 * <p>First rounds every cell half even. Then moves single units of the last digit: each on the
 * shortest way from a row or column that does not sum to its total to another one. Of equally short
 * ways, takes the one through the largest cells, where a unit matters least. Changes a cell of zero
 * only if there is no other way.
 */
public final class TiedTable {
  private static final int NONE = -1;

  private final int rows;
  private final int columns;
  private final int scale;
  private final long[] units;
  private final List<Integer> largestFirst;
  private final List<Integer> notZero;

  /** What each row, and after the rows each column, lacks of its total. */
  private final long[] missing;

  private TiedTable(
      List<BigDecimal> cells, List<BigDecimal> rows, List<BigDecimal> columns, int scale) {
    this.rows = rows.size();
    this.columns = columns.size();
    this.scale = scale;
    this.units = units(cells);
    this.largestFirst =
        IntStream.range(0, units.length)
            .boxed()
            .sorted(Comparator.comparing((Integer cell) -> cells.get(cell).abs()).reversed())
            .toList();
    this.notZero = largestFirst.stream().filter(cell -> cells.get(cell).signum() != 0).toList();
    this.missing =
        LongStream.concat(Arrays.stream(units(rows)), Arrays.stream(units(columns))).toArray();
    for (int cell = 0; cell < units.length; cell++) {
      missing[row(cell)] -= units[cell];
      missing[column(cell)] -= units[cell];
    }
  }

  /**
   * Rounds the cells of a table.
   *
   * @param cells amounts, row by row; every row has a cell in every column
   * @param rows totals of the rows
   * @param columns totals of the columns; their sum equals the sum of the row totals
   * @param scale number of decimal places of the cells and the totals
   * @return the rounded cells in the same order
   * @throws IllegalArgumentException if the table has another number of cells, if the totals of the
   *     rows and of the columns do not sum to the same, or if a total is not zero and has no cells
   */
  public static List<BigDecimal> round(
      List<BigDecimal> cells, List<BigDecimal> rows, List<BigDecimal> columns, int scale) {
    if (cells.size() != rows.size() * columns.size() || sum(rows).compareTo(sum(columns)) != 0) {
      throw new IllegalArgumentException(
          "Cannot round %d cells to rows of %s and columns of %s"
              .formatted(cells.size(), rows, columns));
    }
    TiedTable table = new TiedTable(cells, rows, columns, scale);
    table.tie();
    return Arrays.stream(table.units).mapToObj(cell -> BigDecimal.valueOf(cell, scale)).toList();
  }

  private static BigDecimal sum(List<BigDecimal> amounts) {
    return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private long[] units(List<BigDecimal> amounts) {
    return amounts.stream()
        .map(amount -> amount.setScale(scale, RoundingMode.HALF_EVEN))
        .mapToLong(amount -> amount.unscaledValue().longValueExact())
        .toArray();
  }

  private int row(int cell) {
    return cell / columns;
  }

  private int column(int cell) {
    return rows + cell % columns;
  }

  /** Returns the other end of a cell: its column for its row, its row for its column. */
  private int across(int cell, int line) {
    return line < rows ? column(cell) : row(cell);
  }

  private boolean touches(int cell, int line) {
    return row(cell) == line || column(cell) == line;
  }

  private void tie() {
    for (int line = 0; line < missing.length; line++) {
      while (missing[line] != 0) {
        if (!move(line, notZero) && !move(line, largestFirst)) {
          throw new IllegalArgumentException("Cannot round a table without cells to totals");
        }
      }
    }
  }

  /** Moves one unit to or from a line, on the shortest way; false if there is no way. */
  private boolean move(int start, List<Integer> cells) {
    int[] ways = new int[missing.length];
    Arrays.fill(ways, NONE);
    Deque<Integer> reached = new ArrayDeque<>(List.of(start));
    while (!reached.isEmpty()) {
      int line = reached.remove();
      for (int cell : cells) {
        int next = across(cell, line);
        if (touches(cell, line) && next != start && ways[next] == NONE) {
          ways[next] = cell;
          reached.add(next);
          if (ends(next, start)) {
            change(next, start, ways);
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Whether a way ends here. Along it, units are added and taken away by turns. */
  private boolean ends(int line, int start) {
    int sign = isRow(line) == isRow(start) ? -1 : 1;
    return Long.signum(missing[line]) * sign == Long.signum(missing[start]);
  }

  private boolean isRow(int line) {
    return line < rows;
  }

  private void change(int end, int start, int[] ways) {
    int unit = Long.signum(missing[start]);
    int change = isRow(end) == isRow(start) ? -unit : unit;
    for (int line = end; line != start; line = across(ways[line], line)) {
      units[ways[line]] += change;
      missing[row(ways[line])] -= change;
      missing[column(ways[line])] -= change;
      change = -change;
    }
  }
}
