package costlake.lake;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A decision of a person. Once its file is written, it is always carried out: if the process is
 * killed, the next one does the remaining steps.
 *
 * @param number 1, 2, 3 ... within its kind
 * @param runId the run that recorded it
 * @param at when it was made
 * @param actor who made it
 * @param reason why; null if the person gave no reason
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

  /** Whether a decision is carried out. The names in files are those of earlier versions. */
  public enum State {
    @JsonProperty("RECORDING")
    DECIDED,
    @JsonProperty("RECORDED")
    CARRIED_OUT
  }

  Decision<T> carriedOut(T result) {
    return new Decision<>(number, State.CARRIED_OUT, runId, at, actor, reason, result);
  }
}
