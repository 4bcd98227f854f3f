package costlake.sample;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Pseudo-random values that depend only on a seed and on names. The same seed and names give the
 * same value, whatever the order of the calls.
 */
final class SeededRandom {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private final long state;

  SeededRandom(long seed) {
    this.state = mix(seed + GOLDEN);
  }

  SeededRandom with(String name) {
    long hash = state;
    for (int i = 0; i < name.length(); i++) {
      hash = hash * 31 + name.charAt(i);
    }
    return new SeededRandom(hash ^ state);
  }

  SeededRandom with(long number) {
    return new SeededRandom(state ^ mix(number));
  }

  long bits() {
    return state;
  }

  /** Returns a whole number from 0 to {@code bound} - 1. */
  int below(int bound) {
    return (int) Long.remainderUnsigned(state, bound);
  }

  /** Returns true with a probability of {@code chance} percent. */
  boolean percent(int chance) {
    return below(100) < chance;
  }

  <T> T of(List<T> choices) {
    return choices.get(below(choices.size()));
  }

  /** Returns a number from {@code low} to {@code high} with {@code scale} decimal places. */
  BigDecimal between(BigDecimal low, BigDecimal high, int scale) {
    long steps = high.subtract(low).movePointRight(scale).longValue() + 1;
    return low.add(BigDecimal.valueOf(Long.remainderUnsigned(state, steps), scale))
        .setScale(scale, RoundingMode.HALF_EVEN);
  }

  /** Returns a text of {@code length} characters of {@code alphabet}. */
  String text(String alphabet, int length) {
    StringBuilder text = new StringBuilder(length);
    long bits = state;
    for (int i = 0; i < length; i++) {
      text.append(alphabet.charAt((int) Long.remainderUnsigned(bits, alphabet.length())));
      bits = mix(bits + GOLDEN);
    }
    return text.toString();
  }

  String hex(int length) {
    return text("0123456789abcdef", length);
  }

  private static long mix(long value) {
    long z = value;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
