package costlake.lake;

import costlake.core.Delivery;
import costlake.core.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A publication: the versions of all tables after a night.
 *
 * @param sequence number of the publication: 1, 2, 3 ...
 * @param targets target of each table that changes: a staged snapshot or a staged folder
 * @param versions version of every table of the lake after the publication; while it publishes, of
 *     the tables that it keeps as they were
 * @param deliveries deliveries in force after this publication
 * @param facts digests of the inputs of the night, e.g. of its models
 * @param hashes file of the content hashes of each table that has recorded hashes
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

  /** State of the publication. */
  public enum State {
    PUBLISHING,
    PUBLISHED
  }

  private static final String UNTIL = "night until";

  public Publication {
    targets = Map.copyOf(targets);
    versions = Map.copyOf(versions);
    deliveries = List.copyOf(deliveries);
    facts = Map.copyOf(facts);
    hashes = Map.copyOf(hashes);
  }

  /** Returns the fact that a night stopped after this layer. */
  public static Map<String, String> stoppedAfter(String layer) {
    return Map.of(UNTIL, layer);
  }

  /** Returns the layer after which the night stopped. The tables of later layers are older. */
  public Optional<String> until() {
    return Optional.ofNullable(facts.get(UNTIL));
  }

  /**
   * Returns this publication if its night built all layers.
   *
   * @param purpose what the tables of the last layer are read for, e.g. {@code close 2026-09}
   * @throws Failure with exit code 2 if the night stopped after a layer
   */
  public Publication whole(String purpose) {
    until()
        .ifPresent(
            layer -> {
              throw Failure.operator(
                  """
                  Cannot %s: the last night stopped after %s, so the tables of reporting are older.
                  Run 'costlake night' first
                  """,
                  purpose, layer);
            });
    return this;
  }

  /**
   * Returns a copy with other deliveries. A restore to another place needs this copy, because the
   * pinned files then have other paths.
   */
  Publication of(List<Delivery> others) {
    return new Publication(sequence, runId, state, at, targets, versions, others, facts, hashes);
  }

  Publication published(Map<String, String> reached, Map<String, String> remembered) {
    return new Publication(
        sequence, runId, State.PUBLISHED, at, targets, reached, deliveries, facts, remembered);
  }
}
