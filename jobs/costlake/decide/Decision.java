package costlake.decide;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A decision of a person. Once its file is written, it is always carried out: if the process is
 * killed, the next process does the remaining steps.
 *
 * @param number number of the decision among the decisions of its kind: 1, 2, 3 ...
 * @param runId id of the run that recorded the decision
 * @param at time of the decision
 * @param actor person who decided
 * @param reason reason for the decision; null if the person gave no reason
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

  /** Whether a decision is carried out. The files contain the names that earlier versions used. */
  public enum State {
    @JsonProperty("RECORDING")
    DECIDED,
    @JsonProperty("RECORDED")
    CARRIED_OUT
  }

  /** Returns this decision as it is once it is carried out. */
  public Decision<T> carriedOut(T result) {
    return new Decision<>(number, State.CARRIED_OUT, runId, at, actor, reason, result);
  }
}
