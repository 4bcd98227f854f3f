package costlake.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LargestRemainderProperties {
  @Property
  void partsAddUpToTheWhole(
      @ForAll("money") BigDecimal total, @ForAll("weights") List<BigDecimal> weights) {
    List<BigDecimal> parts = LargestRemainder.split(total, weights, Money.SCALE);
    assertThat(parts).hasSameSizeAs(weights);
    assertThat(parts.stream().reduce(BigDecimal.ZERO, BigDecimal::add)).isEqualByComparingTo(total);
  }

  @Property
  void everyPartDiffersByLessThanOneUnitFromItsExactShare(
      @ForAll("money") BigDecimal total, @ForAll("weights") List<BigDecimal> weights) {
    BigDecimal all = weights.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    List<BigDecimal> parts = LargestRemainder.split(total, weights, Money.SCALE);
    BigDecimal unit = BigDecimal.ONE.movePointLeft(Money.SCALE);
    for (int i = 0; i < parts.size(); i++) {
      BigDecimal difference = parts.get(i).multiply(all).subtract(total.multiply(weights.get(i)));
      assertThat(difference.abs()).isLessThan(unit.multiply(all));
    }
  }

  @Property
  void creditIsSplitLikeAChargeOfTheSameSize(
      @ForAll("money") BigDecimal total, @ForAll("weights") List<BigDecimal> weights) {
    assertThat(LargestRemainder.split(total.negate(), weights, Money.SCALE))
        .isEqualTo(
            LargestRemainder.split(total, weights, Money.SCALE).stream()
                .map(BigDecimal::negate)
                .toList());
  }

  @Property
  void theUnitOfTheWeightsDoesNotMatter(
      @ForAll("money") BigDecimal total, @ForAll("weights") List<BigDecimal> weights) {
    List<BigDecimal> doubled =
        weights.stream().map(w -> w.multiply(BigDecimal.valueOf(2))).toList();
    assertThat(LargestRemainder.split(total, doubled, Money.SCALE))
        .isEqualTo(LargestRemainder.split(total, weights, Money.SCALE));
  }

  @Provide
  Arbitrary<BigDecimal> money() {
    return Arbitraries.bigDecimals()
        .between(new BigDecimal("-999999999999"), new BigDecimal("999999999999"))
        .ofScale(Money.SCALE);
  }

  @Provide
  Arbitrary<List<BigDecimal>> weights() {
    return Arbitraries.bigDecimals()
        .between(BigDecimal.ZERO, new BigDecimal("100000000"))
        .ofScale(18)
        .list()
        .ofMinSize(1)
        .ofMaxSize(40)
        .filter(ws -> ws.stream().anyMatch(w -> w.signum() > 0));
  }
}
