package costlake.watch;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody should look at.
 *
 * @param rule name of the rule, e.g. {@code forgotten notebook}
 * @param subject what it is about, e.g. a workload
 * @param team team that owns it; null if nobody does
 * @param since when it began, as far as the watch knows
 * @param soFar estimated cost since then; null if a price is unknown
 * @param what one sentence
 * @param advice what to do, one sentence
 */
public record Finding(
    String rule,
    String subject,
    @Nullable String team,
    Instant since,
    @Nullable Cost soFar,
    String what,
    String advice) {
  /** Returns what identifies the finding, also in later watches. */
  public String id() {
    return (rule + "/" + subject).replace(' ', '-');
  }
}
