package costlake.lake;

import costlake.core.Delivery;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A publication: the versions of all tables after a night.
 *
 * @param sequence rises by one with each publication
 * @param targets for each table that moves, what it moves to (a staged snapshot, or a staged
 *     folder)
 * @param versions the version of every table of the lake once published
 * @param deliveries its deliveries, all of them current
 * @param facts what the night knew, e.g. the hash of its models
 * @param hashes for a table whose content hashes are remembered, the file that has them
 */
public record Publication(
    long sequence,
    String runId,
    State state,
    Instant at,
    Map<String, String> targets,
    Map<String, String> versions,
    List<Delivery> deliveries,
    Map<String, String> facts,
    Map<String, String> hashes) {

  /** Progress of the publication. */
  public enum State {
    PUBLISHING,
    PUBLISHED
  }

  public Publication {
    targets = Map.copyOf(targets);
    versions = Map.copyOf(versions);
    deliveries = List.copyOf(deliveries);
    facts = Map.copyOf(facts);
    hashes = Map.copyOf(hashes);
  }

  /**
   * Returns a copy with other deliveries. A restore uses it, because the pinned files then have
   * other paths.
   */
  Publication of(List<Delivery> others) {
    return new Publication(sequence, runId, state, at, targets, versions, others, facts, hashes);
  }

  Publication published(Map<String, String> reached, Map<String, String> remembered) {
    return new Publication(
        sequence, runId, State.PUBLISHED, at, targets, reached, deliveries, facts, remembered);
  }
}
