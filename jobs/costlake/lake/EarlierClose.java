package costlake.lake;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
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
  /** Reads some fields of a file and ignores the others. */
  private static final ObjectMapper PARTLY =
      JournalFiles.JSON.copy().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  static Decision<MonthChange> parse(byte[] json) throws IOException {
    EarlierClose close = PARTLY.readValue(json, EarlierClose.class);
    return new Decision<>(
        close.sequence,
        close.state,
        close.runId,
        close.at,
        close.actor,
        close.reason,
        PARTLY.readValue(json, MonthChange.class));
  }
}
