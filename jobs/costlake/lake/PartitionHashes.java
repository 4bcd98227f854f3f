package costlake.lake;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The known content hashes of the partitions of a table version.
 *
 * @param complete whether the hash of every partition with rows is known
 */
record PartitionHashes(
    @JsonProperty("complete") boolean complete,
    @JsonProperty("partitions") Map<LocalDate, String> partitions) {
  static final PartitionHashes NONE = new PartitionHashes(false, Map.of());

  PartitionHashes {
    partitions = Map.copyOf(partitions);
  }

  /**
   * Returns the hashes of partitions, without partitions that have no rows; empty if a hash is not
   * known.
   *
   * @param days empty means all partitions
   */
  Optional<Map<LocalDate, String>> ofPartitions(Optional<Set<LocalDate>> days) {
    boolean known = complete || days.map(partitions.keySet()::containsAll).orElse(false);
    if (!known) {
      return Optional.empty();
    }
    Map<LocalDate, String> some = new TreeMap<>(partitions);
    days.ifPresent(some.keySet()::retainAll);
    return Optional.of(some);
  }

  /** Whether the table is known to have no rows. */
  boolean isEmpty() {
    return complete && partitions.values().stream().allMatch(hash -> ContentHash.rows(hash) == 0);
  }

  /**
   * Returns the known hashes after partitions are replaced.
   *
   * @param days empty means that all partitions are replaced
   * @param now hashes of the replaced partitions that have rows
   */
  PartitionHashes replaced(Optional<Set<LocalDate>> days, Map<LocalDate, String> now) {
    Map<LocalDate, String> merged = new TreeMap<>();
    if (days.isPresent()) {
      merged.putAll(partitions);
      merged.keySet().removeAll(days.get());
    }
    merged.putAll(now);
    return new PartitionHashes(complete || days.isEmpty(), merged);
  }

  /**
   * Returns the known hashes after partitions are replaced by rows without known hashes.
   *
   * @param days empty means that all partitions are replaced
   */
  PartitionHashes replacedUnknown(Optional<Set<LocalDate>> days) {
    return days.isEmpty()
        ? NONE
        : new PartitionHashes(false, replaced(days, Map.of()).partitions());
  }

  /**
   * Estimates the number of rows of partitions. A partition without a known hash counts as the
   * largest known partition. All partitions after the last known one count as one partition: a
   * contract may name many later months, most of which do not exist yet. Returns empty if some
   * hashes are unknown, and either none is known or all partitions are asked for.
   *
   * @param days empty means all partitions
   */
  OptionalLong estimatedRows(Optional<Set<LocalDate>> days) {
    if (!complete && (days.isEmpty() || partitions.isEmpty())) {
      return OptionalLong.empty();
    }
    TreeMap<LocalDate, Long> counts = new TreeMap<>();
    partitions.forEach((day, hash) -> counts.put(day, ContentHash.rows(hash)));
    if (counts.isEmpty()) {
      return OptionalLong.of(0);
    }
    long largest = Collections.max(counts.values());
    Set<LocalDate> asked = new TreeSet<>(days.orElseGet(counts::keySet));
    boolean isNew = asked.removeIf(day -> day.isAfter(counts.lastKey()));
    long known = asked.stream().mapToLong(day -> counts.getOrDefault(day, largest)).sum();
    return OptionalLong.of(isNew ? known + largest : known);
  }
}
