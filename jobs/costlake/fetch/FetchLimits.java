package costlake.fetch;

import java.time.Duration;

/**
 * Limits of time, attempts and size for requests.
 *
 * @param attemptsMax maximum number of attempts of one request
 * @param pause pause before the second attempt; it doubles before each further attempt, and is
 *     shortened at random by up to half
 * @param answerMax time for one response, to its last byte
 * @param totalMax time for all responses of a fetch, pauses included
 * @param bytesMax maximum size of one response
 */
public record FetchLimits(
    int attemptsMax, Duration pause, Duration answerMax, Duration totalMax, long bytesMax) {
  /** Limits that suit most servers. */
  public static final FetchLimits USUAL =
      new FetchLimits(
          4, Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofHours(1), 1L << 30);

  /** Returns the same limits with another pause. */
  public FetchLimits pausing(Duration other) {
    return new FetchLimits(attemptsMax, other, answerMax, totalMax, bytesMax);
  }

  /**
   * Computes the pause after an attempt.
   *
   * @param attempt number of the attempt, from 1
   * @param chance a random number from 0 to 99; the pause is shortened by half this percentage
   * @param wanted pause that the server requires; the result is at least this long
   */
  Duration pauseAfter(int attempt, int chance, Duration wanted) {
    Duration longest = pause.multipliedBy(1L << (attempt - 1));
    Duration chosen = longest.minus(longest.multipliedBy(chance).dividedBy(200));
    return chosen.compareTo(wanted) > 0 ? chosen : wanted;
  }
}
