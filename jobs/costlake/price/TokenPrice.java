package costlake.price;

import costlake.core.PricePeriod;
import costlake.core.TokenRates;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * One line of the list of token prices.
 *
 * @param aliases other names of the model; a star at the end stands for any ending
 * @param contextAbove it applies to requests with more input tokens than this
 */
public record TokenPrice(
    String vendor,
    String model,
    List<String> aliases,
    PricePeriod period,
    long contextAbove,
    TokenRates rates) {
  private static final int MILLION_DIGITS = 6;

  public TokenPrice {
    aliases = List.copyOf(aliases);
  }

  /** Whether both prices are for the same requests at some time. */
  boolean overlaps(TokenPrice other) {
    return contextAbove == other.contextAbove && period.overlaps(other.period);
  }

  /** Returns the cost of a request in USD, exactly; empty if output tokens have no price. */
  Optional<BigDecimal> cost(Request request) {
    return rates
        .cost(
            request.isBatch(),
            BigDecimal.valueOf(request.inputTokens() - request.cachedTokens()),
            BigDecimal.valueOf(request.cachedTokens()),
            BigDecimal.valueOf(request.outputTokens()))
        .map(cost -> cost.movePointLeft(MILLION_DIGITS));
  }
}
