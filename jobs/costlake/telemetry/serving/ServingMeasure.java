package costlake.telemetry.serving;

/**
 * What a counter of an engine counts, in base units. The list of metrics names it in lower case.
 */
enum ServingMeasure {
  /** Requests that were answered. */
  REQUESTS,
  /** Requests that failed. */
  FAILED_REQUESTS,
  /** Tokens of prompts, cached ones too. */
  INPUT_TOKENS,
  /** Tokens of prompts that a cache had. */
  CACHED_INPUT_TOKENS,
  /** Generated tokens. */
  OUTPUT_TOKENS,
  /** Seconds of reading prompts. */
  PREFILL_S,
  /** Seconds of generating tokens. */
  DECODE_S,
  /** Seconds that requests waited. */
  QUEUE_S,
  /** Seconds from the arrival of requests to the end of their answers. */
  LATENCY_S
}
