package costlake.core;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Splits an amount into parts that add up to exactly the amount, and rounds parts so that they add
 * up to their rounded sum.
 *
 * <p>First rounds every part towards zero. Then adds one unit of the last digit to the parts with
 * the largest fractions until nothing remains; of equal fractions, the first part comes first.
 * Splits a negative amount like the positive amount, with the sign changed. Calculates with
 * integers only, so the result does not depend on the order of calculation.
 */
public final class LargestRemainder {
  private LargestRemainder() {}

  /**
   * Splits {@code total} in proportion to {@code weights}.
   *
   * @param total the amount; its scale must not exceed {@code scale}
   * @param weights one weight for each part; none is negative, and at least one is positive
   * @param scale number of decimal places of the parts
   * @return the parts in the order of the weights; the part of a weight of zero is zero
   * @throws IllegalArgumentException if a weight is negative or no weight is positive
   * @throws ArithmeticException if {@code total} has more than {@code scale} decimal places
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

  /**
   * Rounds values so that they add up to a total: rounds each down, and adds one unit of the last
   * digit to those with the largest fractions.
   *
   * @param total what the rounded values add up to: their sum, rounded up or down
   * @param scale number of decimal places of the rounded values
   * @return the rounded values in the order of the values
   */
  public static List<BigDecimal> rounded(BigDecimal total, List<BigDecimal> values, int scale) {
    List<BigInteger> parts = new ArrayList<>(values.size());
    List<BigDecimal> fractions = new ArrayList<>(values.size());
    BigInteger left = total.setScale(scale).unscaledValue();
    for (BigDecimal value : values) {
      BigDecimal down = value.setScale(scale, RoundingMode.FLOOR);
      parts.add(down.unscaledValue());
      fractions.add(value.subtract(down));
      left = left.subtract(down.unscaledValue());
    }
    addUnits(left.intValueExact(), parts, fractions);
    return parts.stream().map(part -> new BigDecimal(part, scale)).toList();
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
    addUnits(left.intValueExact(), parts, fractions);
    return parts;
  }

  /** Adds a unit to each of the parts with the largest fractions; of equal ones, to the first. */
  private static <T extends Comparable<? super T>> void addUnits(
      int units, List<BigInteger> parts, List<T> fractions) {
    IntStream.range(0, parts.size())
        .boxed()
        .sorted(Comparator.comparing((Integer i) -> fractions.get(i)).reversed())
        .limit(units)
        .forEach(i -> parts.set(i, parts.get(i).add(BigInteger.ONE)));
  }
}
