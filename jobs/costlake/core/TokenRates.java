package costlake.core;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor asks for a million tokens, in USD.
 *
 * @param cachedInput price of input tokens that a cache had; null: that of other input tokens
 * @param output null for a model without output, e.g. of embeddings
 * @param batchFactor factor of the prices of a batch; null: batches have no price of their own
 * @param batchCachedFactor factor of the cached price in a batch; null: in a batch, cached tokens
 *     cost what other input tokens cost
 */
public record TokenRates(
    BigDecimal input,
    @Nullable BigDecimal cachedInput,
    @Nullable BigDecimal output,
    @Nullable BigDecimal batchFactor,
    @Nullable BigDecimal batchCachedFactor) {

  /**
   * Returns the cost of tokens in millionths of a USD, exactly; empty if output tokens have no
   * price.
   *
   * @param inputTokens tokens of prompts that no cache had
   */
  public Optional<BigDecimal> cost(
      boolean isBatch, BigDecimal inputTokens, BigDecimal cachedTokens, BigDecimal outputTokens) {
    if (output == null && outputTokens.signum() > 0) {
      return Optional.empty();
    }
    BigDecimal factor = isBatch && batchFactor != null ? batchFactor : BigDecimal.ONE;
    BigDecimal plain = input.multiply(factor);
    BigDecimal generated = output == null ? BigDecimal.ZERO : output.multiply(factor);
    return Optional.of(
        plain
            .multiply(inputTokens)
            .add(cached(plain, isBatch).multiply(cachedTokens))
            .add(generated.multiply(outputTokens)));
  }

  private BigDecimal cached(BigDecimal plain, boolean isBatch) {
    if (cachedInput == null) {
      return plain;
    }
    if (!isBatch || batchFactor == null) {
      return cachedInput;
    }
    return batchCachedFactor == null ? plain : cachedInput.multiply(batchCachedFactor);
  }
}
