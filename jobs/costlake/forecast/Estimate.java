package costlake.forecast;

import org.jspecify.annotations.Nullable;

/**
 * The forecast of a sum, or the reason why there is none.
 *
 * @param expected the sum; null if there is no forecast
 * @param low four of five sums are between this and {@code high}
 * @param method how it was forecast
 * @param reason why there is no forecast, e.g. "7 days of 21"; null if there is one
 */
public record Estimate(
    @Nullable Double expected,
    @Nullable Double low,
    @Nullable Double high,
    @Nullable Method method,
    @Nullable String reason) {

  static Estimate none(String reason) {
    return new Estimate(null, null, null, null, reason);
  }

  static Estimate of(double expected, double low, double high, Method method) {
    return new Estimate(expected, low, high, method, null);
  }
}
