package costlake.fetch;

import java.time.Duration;

/**
 * How long and how often is asked.
 *
 * @param attemptsMax of one request
 * @param pause before the second attempt; it doubles with each further one, and up to half of it is
 *     taken off at random
 * @param answerMax for one answer, to its last byte
 * @param totalMax for all answers that belong together, pauses included
 * @param bytesMax of one answer
 */
public record FetchLimits(
    int attemptsMax, Duration pause, Duration answerMax, Duration totalMax, long bytesMax) {
  /** Limits that suit most servers. */
  public static final FetchLimits USUAL =
      new FetchLimits(
          4, Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofHours(1), 1L << 30);

  /** The same with another pause. */
  public FetchLimits pausing(Duration other) {
    return new FetchLimits(attemptsMax, other, answerMax, totalMax, bytesMax);
  }

  /**
   * The pause after an attempt.
   *
   * @param attempt from 1
   * @param chance from 0 to below 100, in hundredths of the half that may be taken off
   * @param wanted what the server asks for at least
   */
  Duration pauseAfter(int attempt, int chance, Duration wanted) {
    Duration longest = pause.multipliedBy(1L << (attempt - 1));
    Duration chosen = longest.minus(longest.multipliedBy(chance).dividedBy(200));
    return chosen.compareTo(wanted) > 0 ? chosen : wanted;
  }
}
