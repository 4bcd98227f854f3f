package costlake.lake;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import costlake.core.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A publication as the journal records it.
 *
 * @param deliveries name of the file of each delivery; entries of earlier versions contain the
 *     delivery itself
 * @param hashes file of the content hashes of each table; null in entries of earlier versions
 */
record JournalEntry(
    @JsonProperty("sequence") long sequence,
    @JsonProperty("runId") String runId,
    @JsonProperty("state") Publication.State state,
    @JsonProperty("at") Instant at,
    @JsonProperty("targets") Map<String, String> targets,
    @JsonProperty("versions") Map<String, String> versions,
    @JsonProperty("deliveries") List<JsonNode> deliveries,
    @JsonProperty("facts") Map<String, String> facts,
    @JsonProperty("hashes") @Nullable Map<String, String> hashes) {

  static JournalEntry of(Publication p, DeliveryFiles files) {
    List<JsonNode> deliveries =
        p.deliveries().stream().map(files::keep).<JsonNode>map(TextNode::new).toList();
    return new JournalEntry(
        p.sequence(),
        p.runId(),
        p.state(),
        p.at(),
        p.targets(),
        p.versions(),
        deliveries,
        p.facts(),
        p.hashes());
  }

  Publication publication(DeliveryFiles files) {
    return new Publication(
        sequence,
        runId,
        state,
        at,
        targets,
        versions,
        deliveries.stream().map(delivery -> delivery(delivery, files)).toList(),
        facts,
        hashes == null ? Map.of() : hashes);
  }

  private static Delivery delivery(JsonNode delivery, DeliveryFiles files) {
    return delivery.isTextual()
        ? files.read(delivery.textValue())
        : JournalFiles.JSON.convertValue(delivery, Delivery.class);
  }

  /** Returns the names of the files of the deliveries. */
  Stream<String> deliveryFiles() {
    return deliveries.stream().filter(JsonNode::isTextual).map(JsonNode::textValue);
  }

  /** Returns the names of the files of the hashes. */
  Stream<String> hashFiles() {
    return hashes == null ? Stream.of() : hashes.values().stream();
  }
}
