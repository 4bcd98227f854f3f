package costlake.price;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of the list of token prices. All prices are USD per million tokens. Times are UTC.
 *
 * @param aliases other names of the model; a star at the end stands for any ending
 * @param validFrom first day on which it is in force; null: since ever
 * @param validTo first day on which it is no longer in force; null: until further notice
 * @param dailyFrom time of day from which it is in force; null: the whole day
 * @param dailyTo time of day from which it is no longer in force; it may be after midnight
 * @param contextAbove it applies to requests with more input tokens than this
 * @param cachedInputUsd price of input tokens that a cache had; null: that of other input tokens
 * @param outputUsd null for a model without output, e.g. of embeddings
 * @param batchFactor factor of the prices of a batch; null: batches have no price of their own
 * @param batchCachedFactor factor of the cached price in a batch; null: in a batch, cached tokens
 *     cost what other input tokens cost
 */
public record TokenPrice(
    String vendor,
    String model,
    List<String> aliases,
    @Nullable LocalDate validFrom,
    @Nullable LocalDate validTo,
    @Nullable LocalTime dailyFrom,
    @Nullable LocalTime dailyTo,
    long contextAbove,
    BigDecimal inputUsd,
    @Nullable BigDecimal cachedInputUsd,
    @Nullable BigDecimal outputUsd,
    @Nullable BigDecimal batchFactor,
    @Nullable BigDecimal batchCachedFactor) {
  private static final int MILLION_DIGITS = 6;

  public TokenPrice {
    aliases = List.copyOf(aliases);
    if ((dailyFrom == null) != (dailyTo == null)) {
      throw new IllegalArgumentException("daily_from and daily_to need each other");
    }
    if (validFrom != null && validTo != null && !validFrom.isBefore(validTo)) {
      throw new IllegalArgumentException("valid_from is not before valid_to");
    }
  }

  /** Whether the price is in force at a time in UTC. */
  boolean isInForce(LocalDateTime time) {
    LocalDate day = time.toLocalDate();
    return (validFrom == null || !day.isBefore(validFrom))
        && (validTo == null || day.isBefore(validTo))
        && isDaily(time.toLocalTime());
  }

  private boolean isDaily(LocalTime time) {
    if (dailyFrom == null || dailyTo == null) {
      return true;
    }
    boolean begun = !time.isBefore(dailyFrom);
    boolean over = !time.isBefore(dailyTo);
    return dailyFrom.isBefore(dailyTo) ? begun && !over : begun || !over;
  }

  /** Whether both prices are for the same requests at some time. */
  boolean overlaps(TokenPrice other) {
    return contextAbove == other.contextAbove
        && begins(this, other)
        && begins(other, this)
        && (isDaily(other.start()) || other.isDaily(start()));
  }

  private LocalTime start() {
    return Objects.requireNonNullElse(dailyFrom, LocalTime.MIDNIGHT);
  }

  private static boolean begins(TokenPrice one, TokenPrice other) {
    return one.validFrom == null || other.validTo == null || one.validFrom.isBefore(other.validTo);
  }

  /** Returns the cost of a request in USD, exactly; empty if output tokens have no price. */
  Optional<BigDecimal> cost(Request request) {
    if (outputUsd == null && request.outputTokens() > 0) {
      return Optional.empty();
    }
    BigDecimal factor = request.isBatch() && batchFactor != null ? batchFactor : BigDecimal.ONE;
    BigDecimal input = inputUsd.multiply(factor);
    BigDecimal output = outputUsd == null ? BigDecimal.ZERO : outputUsd.multiply(factor);
    return Optional.of(
        cost(input, request.inputTokens() - request.cachedTokens())
            .add(cost(cached(input, request.isBatch()), request.cachedTokens()))
            .add(cost(output, request.outputTokens()))
            .movePointLeft(MILLION_DIGITS));
  }

  private BigDecimal cached(BigDecimal input, boolean batch) {
    if (cachedInputUsd == null) {
      return input;
    }
    if (!batch || batchFactor == null) {
      return cachedInputUsd;
    }
    return batchCachedFactor == null ? input : cachedInputUsd.multiply(batchCachedFactor);
  }

  private static BigDecimal cost(BigDecimal price, long tokens) {
    return price.multiply(BigDecimal.valueOf(tokens));
  }
}
