package costlake.watch;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;

/**
 * A finding that a person knows about, so that watches leave it out for a time.
 *
 * @param finding {@link Finding#id}
 * @param until when watches find it again
 */
public record KnownFinding(
    @JsonProperty("finding") String finding, @JsonProperty("until") Instant until) {}
