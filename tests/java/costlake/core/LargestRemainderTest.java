package costlake.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class LargestRemainderTest {
  @Test
  void givesTheRemainingCentToTheFirstOfEqualFractions() {
    assertThat(split("100.00", "1", "1", "1")).containsExactly(d("33.34"), d("33.33"), d("33.33"));
  }

  @Test
  void splitsACreditLikeAChargeOfTheSameSize() {
    assertThat(split("-100.00", "1", "1", "1"))
        .containsExactly(d("-33.34"), d("-33.33"), d("-33.33"));
  }

  @Test
  void givesNothingToAReceiverWithoutUnits() {
    assertThat(split("10.00", "0", "3", "0.000")).containsExactly(d("0.00"), d("10.00"), d("0.00"));
  }

  @Test
  void prefersTheLargestFraction() {
    assertThat(split("0.05", "0.5", "0.25", "0.25"))
        .containsExactly(d("0.03"), d("0.01"), d("0.01"));
  }

  @Test
  void refusesToSplitIfNobodyHasUnits() {
    assertThatThrownBy(() -> split("1.00", "0", "0")).hasMessageContaining("no weight is positive");
  }

  @Test
  void refusesANegativeWeight() {
    assertThatThrownBy(() -> split("1.00", "2", "-1")).hasMessageContaining("negative weight");
  }

  @Test
  void roundsCreditsAndChargesToTheirRoundedSum() {
    assertThat(
            LargestRemainder.rounded(d("3.01"), List.of(d("-0.996"), d("2.004"), d("2.0045")), 2))
        .containsExactly(d("-1.00"), d("2.00"), d("2.01"));
  }

  private static List<BigDecimal> split(String total, String... weights) {
    return LargestRemainder.split(
        d(total), List.of(weights).stream().map(BigDecimal::new).toList(), 2);
  }

  private static BigDecimal d(String text) {
    return new BigDecimal(text);
  }
}
