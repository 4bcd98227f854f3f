package costlake.lake;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A publication as the journal holds it.
 *
 * @param deliveries names of the files of its deliveries
 */
record JournalEntry(
    @JsonProperty("sequence") long sequence,
    @JsonProperty("runId") String runId,
    @JsonProperty("state") Publication.State state,
    @JsonProperty("at") Instant at,
    @JsonProperty("targets") Map<String, String> targets,
    @JsonProperty("versions") Map<String, String> versions,
    @JsonProperty("deliveries") List<String> deliveries,
    @JsonProperty("facts") Map<String, String> facts) {

  static JournalEntry of(Publication p, DeliveryFiles files) {
    List<String> deliveries = p.deliveries().stream().map(files::keep).toList();
    return new JournalEntry(
        p.sequence(),
        p.runId(),
        p.state(),
        p.at(),
        p.targets(),
        p.versions(),
        deliveries,
        p.facts());
  }

  Publication publication(DeliveryFiles files) {
    return new Publication(
        sequence,
        runId,
        state,
        at,
        targets,
        versions,
        deliveries.stream().map(files::read).toList(),
        facts);
  }
}
