package costlake.close;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import costlake.decide.Decision;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A close in the format of earlier versions, whose file has the fields of {@link Decision} and of
 * {@link MonthChange} on one level.
 */
record EarlierClose(
    @JsonProperty("sequence") long sequence,
    @JsonProperty("state") Decision.State state,
    @JsonProperty("runId") String runId,
    @JsonProperty("at") Instant at,
    @JsonProperty("actor") String actor,
    @JsonProperty("reason") @Nullable String reason) {
  static Decision<MonthChange> parse(byte[] json, ObjectMapper mapper) throws IOException {
    ObjectReader partly =
        mapper.reader().without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    EarlierClose close = partly.readValue(json, EarlierClose.class);
    return new Decision<>(
        close.sequence,
        close.state,
        close.runId,
        close.at,
        close.actor,
        close.reason,
        partly.readValue(json, MonthChange.class));
  }
}
