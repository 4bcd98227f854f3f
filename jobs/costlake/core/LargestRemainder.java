package costlake.core;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Splits an amount so that the parts add up to it, to the last digit.
 *
 * <p>Every part is first rounded towards zero at the requested scale; the units that remain go one
 * by one to the largest fractions, ties to the part that comes first. A negative amount is split as
 * its mirror image. All arithmetic is on integers, so neither the order of arrival nor the number
 * of partitions can change a digit.
 */
public final class LargestRemainder {
  private LargestRemainder() {}

  /**
   * Splits {@code total} in proportion to {@code weights}.
   *
   * @param total the amount; its scale must not exceed {@code scale}
   * @param weights one per part, none negative, at least one positive; parts in a fixed order
   * @param scale fraction digits of the parts
   * @return one part per weight, in order, whose sum is {@code total}; a weight of zero receives
   *     zero
   * @throws IllegalArgumentException when a weight is negative or none is positive
   * @throws ArithmeticException when {@code total} has more fraction digits than {@code scale}
   */
  public static List<BigDecimal> split(BigDecimal total, List<BigDecimal> weights, int scale) {
    List<BigInteger> integers = sameScale(weights);
    BigInteger all = integers.stream().reduce(BigInteger.ZERO, BigInteger::add);
    if (all.signum() <= 0) {
      throw new IllegalArgumentException("Cannot split " + total + ": no weight is positive");
    }
    BigInteger units = total.setScale(scale).unscaledValue();
    List<BigInteger> parts = splitUnits(units.abs(), integers, all);
    return parts.stream()
        .map(part -> new BigDecimal(units.signum() < 0 ? part.negate() : part, scale))
        .toList();
  }

  private static List<BigInteger> sameScale(List<BigDecimal> weights) {
    int scale = weights.stream().mapToInt(BigDecimal::scale).max().orElse(0);
    List<BigInteger> integers =
        weights.stream().map(weight -> weight.setScale(scale).unscaledValue()).toList();
    if (integers.stream().anyMatch(weight -> weight.signum() < 0)) {
      throw new IllegalArgumentException("Cannot split by a negative weight: " + weights);
    }
    return integers;
  }

  private static List<BigInteger> splitUnits(
      BigInteger units, List<BigInteger> weights, BigInteger all) {
    List<BigInteger> parts = new ArrayList<>(weights.size());
    List<BigInteger> fractions = new ArrayList<>(weights.size());
    BigInteger left = units;
    for (BigInteger weight : weights) {
      BigInteger[] quotient = units.multiply(weight).divideAndRemainder(all);
      parts.add(quotient[0]);
      fractions.add(quotient[1]);
      left = left.subtract(quotient[0]);
    }
    IntStream.range(0, parts.size())
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> fractions.get(i)).reversed())
        .limit(left.intValueExact())
        .forEach(i -> parts.set(i, parts.get(i).add(BigInteger.ONE)));
    return parts;
  }
}
