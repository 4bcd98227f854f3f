package costlake.lake;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Outcome of a step of a run.
 *
 * @param step e.g. {@code land}, {@code build}, {@code audit}
 * @param subject source, model or audit of the step
 * @param rows number of rows of the step; null if the step counts no rows
 * @param money amounts of the step, {@code currency amount; …}; null if the step sums no amounts
 * @param detail text for a person, e.g. the rebuilt partitions
 */
public record Outcome(
    String step,
    String subject,
    Status status,
    @Nullable Long rows,
    @Nullable String money,
    @Nullable String detail,
    Instant startedAt,
    long durationMs) {
  /** Status of the step. */
  public enum Status {
    DONE,
    UNCHANGED,
    WARNED,
    FAILED
  }

  /** Returns the outcome of a step that ends now. */
  public static Outcome since(
      Instant start,
      String step,
      String subject,
      Status status,
      @Nullable Long rows,
      @Nullable String money,
      @Nullable String detail) {
    long durationMs = Duration.between(start, Instant.now()).toMillis();
    return new Outcome(step, subject, status, rows, money, detail, start, durationMs);
  }
}
