package costlake.price;

import java.time.LocalDateTime;

/**
 * One request to a model.
 *
 * @param time instant of the request, UTC
 * @param inputTokens tokens of the prompt, cached ones too
 * @param cachedTokens tokens of the prompt that a cache had
 * @param outputTokens generated tokens
 * @param isBatch whether it was sent as part of a batch
 */
record Request(
    LocalDateTime time, long inputTokens, long cachedTokens, long outputTokens, boolean isBatch) {}
