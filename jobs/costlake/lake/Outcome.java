package costlake.lake;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Outcome of a step of a run.
 *
 * @param step e.g. {@code land}, {@code build}, {@code audit}
 * @param subject what it worked on: a source, a model, an audit
 * @param rows rows it handled; null when it counts none
 * @param money money it handled, {@code currency amount; …}; null when it handles none
 * @param detail what a person wants to know, e.g. the partitions rebuilt
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

  /** The outcome of a step that ends now. */
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
