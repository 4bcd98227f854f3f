package costlake.lake;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The content hashes of the partitions of a table at a version, as far as they are known.
 *
 * @param complete whether every partition that has rows is among them
 */
record PartitionHashes(
    @JsonProperty("complete") boolean complete,
    @JsonProperty("partitions") Map<LocalDate, String> partitions) {
  static final PartitionHashes NONE = new PartitionHashes(false, Map.of());

  PartitionHashes {
    partitions = Map.copyOf(partitions);
  }

  /**
   * The hashes of some partitions, without those that have no rows; empty if one is not known.
   *
   * @param days empty means all partitions
   */
  Optional<Map<LocalDate, String>> of(Optional<Set<LocalDate>> days) {
    boolean known = complete || days.map(partitions.keySet()::containsAll).orElse(false);
    if (!known) {
      return Optional.empty();
    }
    Map<LocalDate, String> some = new TreeMap<>(partitions);
    days.ifPresent(some.keySet()::retainAll);
    return Optional.of(some);
  }

  /**
   * What is known once some partitions are replaced.
   *
   * @param days empty means that all partitions are replaced
   * @param now hashes of those of them that have rows
   */
  PartitionHashes with(Optional<Set<LocalDate>> days, Map<LocalDate, String> now) {
    Map<LocalDate, String> merged = new TreeMap<>();
    if (days.isPresent()) {
      merged.putAll(partitions);
      merged.keySet().removeAll(days.get());
    }
    merged.putAll(now);
    return new PartitionHashes(complete || days.isEmpty(), merged);
  }

  /**
   * What is known once some partitions are replaced by rows that nobody looked at.
   *
   * @param days empty means that all partitions are replaced
   */
  PartitionHashes without(Optional<Set<LocalDate>> days) {
    return days.isEmpty() ? NONE : new PartitionHashes(false, with(days, Map.of()).partitions());
  }

  /**
   * About how many rows some partitions have; one that is new is taken for as large as the largest.
   * Empty if not all partitions are known.
   */
  OptionalLong rows(Optional<Set<LocalDate>> days) {
    if (!complete) {
      return OptionalLong.empty();
    }
    Map<LocalDate, Long> counts = new TreeMap<>();
    partitions.forEach((day, hash) -> counts.put(day, ContentHash.rows(hash)));
    long largest = counts.values().stream().mapToLong(Long::longValue).max().orElse(0);
    return OptionalLong.of(
        days.orElseGet(counts::keySet).stream()
            .mapToLong(day -> counts.getOrDefault(day, largest))
            .sum());
  }
}
