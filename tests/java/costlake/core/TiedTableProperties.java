package costlake.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TiedTableProperties {
  private static final int COLUMNS = 4;

  @Property
  void rowsAndColumnsSumToTheirTotals(@ForAll("tables") List<BigDecimal> cells) {
    int rows = cells.size() / COLUMNS;
    BigDecimal total = sum(cells).setScale(2, RoundingMode.HALF_EVEN);
    List<BigDecimal> ofRows =
        IntStream.range(0, rows)
            .mapToObj(row -> sum(cells, cell -> cell / COLUMNS == row))
            .toList();
    List<BigDecimal> ofColumns =
        IntStream.range(0, COLUMNS)
            .mapToObj(column -> sum(cells, cell -> cell % COLUMNS == column))
            .toList();
    List<BigDecimal> shownRows = rounded(ofRows, total);
    List<BigDecimal> shownColumns = rounded(ofColumns, total);
    List<BigDecimal> shown = TiedTable.round(cells, shownRows, shownColumns, 2);
    for (int i = 0; i < rows; i++) {
      int row = i;
      assertThat(sum(shown, cell -> cell / COLUMNS == row)).isEqualTo(shownRows.get(row));
    }
    for (int i = 0; i < COLUMNS; i++) {
      int column = i;
      assertThat(sum(shown, cell -> cell % COLUMNS == column)).isEqualTo(shownColumns.get(column));
    }
  }

  /** Rounds amounts; the last one gets what is missing from the total. */
  private static List<BigDecimal> rounded(List<BigDecimal> amounts, BigDecimal total) {
    List<BigDecimal> rounded = new ArrayList<>();
    amounts.stream()
        .limit(amounts.size() - 1L)
        .forEach(amount -> rounded.add(amount.setScale(2, RoundingMode.DOWN)));
    rounded.add(total.subtract(sum(rounded)));
    return rounded;
  }

  private static BigDecimal sum(List<BigDecimal> cells, IntPredicate isPart) {
    return sum(IntStream.range(0, cells.size()).filter(isPart).mapToObj(cells::get).toList());
  }

  private static BigDecimal sum(List<BigDecimal> amounts) {
    return amounts.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  @Provide
  Arbitrary<List<BigDecimal>> tables() {
    return Arbitraries.integers()
        .between(1, 12)
        .flatMap(
            rows ->
                Arbitraries.bigDecimals()
                    .between(new BigDecimal("-100"), new BigDecimal("1000"))
                    .ofScale(4)
                    .list()
                    .ofSize(rows * COLUMNS));
  }
}
