package costlake.lake;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A decision of a person. Once recorded, it is always carried out: after a restart, the remaining
 * steps are done.
 *
 * @param number 1, 2, 3 ... within its kind
 * @param runId the run that recorded it
 * @param at when it was made
 * @param actor who made it
 * @param reason why; null where none was given
 * @param content what was decided
 */
public record Decision<T>(
    @JsonProperty("number") long number,
    @JsonProperty("state") State state,
    @JsonProperty("runId") String runId,
    @JsonProperty("at") Instant at,
    @JsonProperty("actor") String actor,
    @JsonProperty("reason") @Nullable String reason,
    @JsonProperty("content") T content) {

  /** How far a decision is carried out. */
  public enum State {
    RECORDING,
    RECORDED
  }

  Decision<T> recorded(T reached) {
    return new Decision<>(number, State.RECORDED, runId, at, actor, reason, reached);
  }
}
