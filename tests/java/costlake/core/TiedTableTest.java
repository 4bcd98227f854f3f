package costlake.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TiedTableTest {
  @Test
  void keepsCellsThatSumToTheirTotals() {
    assertThat(
            TiedTable.round(
                list("1.00", "2.00", "3.00", "4.00"),
                list("3.00", "7.00"),
                list("4.00", "6.00"),
                2))
        .containsExactly(d("1.00"), d("2.00"), d("3.00"), d("4.00"));
  }

  // Rows 0.01 and 0.00, columns 0.00 and 0.01 of a total of 0.01; each cell rounds to 0.00.
  @Test
  void movesACentThroughTheLargestCells() {
    assertThat(
            TiedTable.round(
                list("0.003", "0.004", "0.002", "0.001"),
                list("0.01", "0.00"),
                list("0.00", "0.01"),
                2))
        .containsExactly(d("0.00"), d("0.01"), d("0.00"), d("0.00"));
  }

  // The first row needs a cent and the second has one too many. Its only cell is in the second
  // column.
  @Test
  void leavesCellsOfZeroAloneWhereItCan() {
    assertThat(
            TiedTable.round(
                list("5.004", "7.004", "0", "2.006"),
                list("12.01", "2.00"),
                list("5.00", "9.01"),
                2))
        .containsExactly(d("5.00"), d("7.01"), d("0.00"), d("2.00"));
  }

  @Test
  void changesACellOfZeroIfThereIsNoOtherWay() {
    assertThat(
            TiedTable.round(
                list("0.005", "0", "0", "0.005"), list("0.01", "0.00"), list("0.00", "0.01"), 2))
        .containsExactly(d("0.00"), d("0.01"), d("0.00"), d("0.00"));
  }

  @Test
  void tiesCreditsToo() {
    assertThat(
            TiedTable.round(
                list("-1.005", "3.005", "2.005", "-0.015"),
                list("2.00", "1.99"),
                list("1.00", "2.99"),
                2))
        .containsExactly(d("-1.00"), d("3.00"), d("2.00"), d("-0.01"));
  }

  @Test
  void refusesTotalsThatDiffer() {
    assertThatThrownBy(() -> TiedTable.round(list("1.00"), list("1.00"), list("2.00"), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rows of [1.00] and columns of [2.00]");
  }

  @Test
  void refusesTotalsWithoutCells() {
    assertThatThrownBy(() -> TiedTable.round(list(), list("1.00", "-1.00"), list(), 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot round a table without cells to totals");
  }

  private static List<BigDecimal> list(String... amounts) {
    return Stream.of(amounts).map(BigDecimal::new).toList();
  }

  private static BigDecimal d(String amount) {
    return new BigDecimal(amount);
  }
}
